import { Alert, Badge, Button, Group, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../api/client";
import type { SecondFactorState } from "../api/types";
import { QueryResult } from "../shared/QueryResult";
import { Instant } from "../shared/Instant";
import { RenewRecoveryCodes } from "./RenewRecoveryCodes";
import { DisableSecondFactor } from "./DisableSecondFactor";
import { EnableSecondFactor } from "./EnableSecondFactor";
import { SECOND_FACTOR } from "./codes";

const LOW_ON_CODES = 3;

/** Enables, disables and shows two-factor authentication. */
export function SecondFactor() {
  const state = useQuery({
    queryKey: SECOND_FACTOR,
    queryFn: () => api.get<SecondFactorState>("/v1/auth/second-factor"),
  });
  return (
    <Stack maw={560} component="section" aria-label="Two-factor authentication">
      <Title order={2} size="h4">
        Two-factor authentication
      </Title>
      <QueryResult query={state}>
        {(current) => (current.enabled ? <Enabled state={current} /> : <Disabled />)}
      </QueryResult>
    </Stack>
  );
}

function Disabled() {
  const [enabling, setEnabling] = useState(false);
  return (
    <>
      <Text>
        You sign in with your password only. With two-factor authentication, you also enter a code from an app on your
        phone, so that nobody can sign in with your password alone.
      </Text>
      <Button onClick={() => setEnabling(true)} w="max-content">
        Enable
      </Button>
      {enabling && <EnableSecondFactor onClose={() => setEnabling(false)} />}
    </>
  );
}

function Enabled({ state: { enabled_at, recovery_codes_left: left } }: { state: SecondFactorState }) {
  const [openDialog, setOpenDialog] = useState<"renew" | "disable" | null>(null);
  return (
    <>
      <Group gap="xs">
        <Badge color="teal" variant="light">
          Enabled
        </Badge>
        <Text size="sm">
          {enabled_at !== null && (
            <>
              <Instant at={enabled_at} />,{" "}
            </>
          )}
          {left === 1 ? "1 recovery code left" : `${left} recovery codes left`}
        </Text>
      </Group>
      {left <= LOW_ON_CODES && (
        <Alert color="yellow" title={`You have ${left === 0 ? "no" : "few"} recovery codes left`}>
          Generate new ones. Without your phone, they are the only way to sign in.
        </Alert>
      )}
      <Group>
        <Button variant="default" onClick={() => setOpenDialog("renew")}>
          Generate new recovery codes
        </Button>
        <Button variant="default" c="red" onClick={() => setOpenDialog("disable")}>
          Disable
        </Button>
      </Group>
      {openDialog === "renew" && <RenewRecoveryCodes onClose={() => setOpenDialog(null)} />}
      {openDialog === "disable" && <DisableSecondFactor onClose={() => setOpenDialog(null)} />}
    </>
  );
}
