import { Alert, Badge, Button, Group, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../api/client";
import type { SecondFactorState } from "../api/types";
import { Answer } from "../shared/Answer";
import { Instant } from "../shared/Instant";
import { RenewRecoveryCodes } from "./RenewRecoveryCodes";
import { TurnOffSecondFactor } from "./TurnOffSecondFactor";
import { TurnOnSecondFactor } from "./TurnOnSecondFactor";
import { SECOND_FACTOR } from "./codes";

const FEW = 3;

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
      <Answer query={state}>{(known) => (known.enabled ? <On state={known} /> : <Off />)}</Answer>
    </Stack>
  );
}

function Off() {
  const [turningOn, setTurningOn] = useState(false);
  return (
    <>
      <Text>
        You sign in with your password only. With two-factor authentication, you also enter a code from an app on your
        phone, so that nobody can sign in with your password alone.
      </Text>
      <Button onClick={() => setTurningOn(true)} w="max-content">
        Enable
      </Button>
      {turningOn && <TurnOnSecondFactor onClose={() => setTurningOn(false)} />}
    </>
  );
}

function On({ state: { enabled_at, recovery_codes_left: left } }: { state: SecondFactorState }) {
  const [doing, setDoing] = useState<"renewing" | "turning off" | null>(null);
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
      {left <= FEW && (
        <Alert color="yellow" title={left === 0 ? "You have no recovery codes left" : "You have few recovery codes left"}>
          Generate new ones. Without your phone, they are the only way to sign in.
        </Alert>
      )}
      <Group>
        <Button variant="default" onClick={() => setDoing("renewing")}>
          Generate new recovery codes
        </Button>
        <Button variant="default" c="red" onClick={() => setDoing("turning off")}>
          Disable
        </Button>
      </Group>
      {doing === "renewing" && <RenewRecoveryCodes onClose={() => setDoing(null)} />}
      {doing === "turning off" && <TurnOffSecondFactor onClose={() => setDoing(null)} />}
    </>
  );
}
