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

/** Whether signing in takes a code besides the password. */
export function SecondFactor() {
  const state = useQuery({
    queryKey: SECOND_FACTOR,
    queryFn: () => api.get<SecondFactorState>("/v1/auth/second-factor"),
  });
  return (
    <Stack maw={560} component="section" aria-label="Second factor">
      <Title order={2} size="h4">
        Second factor
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
        Your password alone signs you in. With a second factor, a code of an app on your phone is asked for as well, so
        that nobody gets in who has only the password.
      </Text>
      <Button onClick={() => setTurningOn(true)} w="max-content">
        Turn on
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
          On
        </Badge>
        <Text size="sm">
          {enabled_at !== null && (
            <>
              since <Instant at={enabled_at} />,{" "}
            </>
          )}
          {left === 1 ? "1 recovery code left" : `${left} recovery codes left`}
        </Text>
      </Group>
      {left <= FEW && (
        <Alert color="yellow" title={left === 0 ? "You have no recovery codes" : "You have few recovery codes"}>
          Get new ones: without your phone they are the only way in.
        </Alert>
      )}
      <Group>
        <Button variant="default" onClick={() => setDoing("renewing")}>
          New recovery codes
        </Button>
        <Button variant="default" c="red" onClick={() => setDoing("turning off")}>
          Turn off
        </Button>
      </Group>
      {doing === "renewing" && <RenewRecoveryCodes onClose={() => setDoing(null)} />}
      {doing === "turning off" && <TurnOffSecondFactor onClose={() => setDoing(null)} />}
    </>
  );
}
