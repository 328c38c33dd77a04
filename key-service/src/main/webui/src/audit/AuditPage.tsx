import { Alert, Button, Group, Select, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../api/client";
import type { AuditVerification } from "../api/types";
import { Page } from "../shared/Page";
import { ProblemAlert } from "../shared/ProblemAlert";
import { AuditEvents } from "./AuditEvents";
import { actionOf } from "./changes";

const ACTIONS = [
  "account.created",
  "account.renamed",
  "api_key.created",
  "api_key.updated",
  "api_key.rotated",
  "api_key.rotation_ended",
  "api_key.revoked",
  "api_key.leaked",
  "api_key.handed_over",
  "domain.created",
  "domain.verification_requested",
  "domain.removed",
  "member.invited",
  "member.invitation_withdrawn",
  "member.joined",
  "member.role_changed",
  "member.removed",
  "member.password_changed",
  "member.password_reset_requested",
  "member.password_reset",
  "member.second_factor_enabled",
  "member.second_factor_disabled",
  "member.second_factor_locked",
  "member.recovery_code_used",
  "member.recovery_codes_renewed",
  "session.opened",
  "session.ended",
  "session.refresh_token_reused",
  "webhook.created",
  "webhook.updated",
  "webhook.enabled",
  "webhook.disabled",
  "webhook.removed",
  "webhook.secret_read",
].map((action) => ({ value: action, label: actionOf(action) }));

export function AuditPage() {
  const [action, setAction] = useState<string | null>(null);
  const [actor, setActor] = useState("");
  const [settledActor] = useDebouncedValue(actor.trim(), 300);
  const verification = useQuery({
    queryKey: ["audit-events", "verification"],
    queryFn: () => api.get<AuditVerification>("/v1/audit-events/verify"),
    enabled: false,
  });
  return (
    <Page
      title="Audit log"
      about="Who changed what. Each event contains the hash of the previous one, so changes to the log are detected."
      action={
        <Group gap="xs">
          <Button variant="default" onClick={() => void verification.refetch()} loading={verification.isFetching}>
            Verify
          </Button>
          <Button component="a" href="/v1/audit-events/export" download="audit-events.jsonl" variant="default">
            Export
          </Button>
        </Group>
      }
    >
      {verification.isError && <ProblemAlert error={verification.error} />}
      {verification.data !== undefined && <VerificationResult on={verification.data} />}
      <Group align="flex-end">
        <Select
          label="Action"
          placeholder="All"
          data={ACTIONS}
          value={action}
          onChange={setAction}
          searchable
          clearable
          w={260}
        />
        <TextInput
          label="Member or key"
          placeholder="ID"
          value={actor}
          onChange={(event) => setActor(event.currentTarget.value)}
          w={320}
        />
      </Group>
      <AuditEvents filter={{ action: action ?? undefined, actor: settledActor || undefined }} />
    </Page>
  );
}

function VerificationResult({ on: { valid, events, broken } }: { on: AuditVerification }) {
  return valid ? (
    <Alert color="teal" title="The audit log is intact" role="status">
      Verified events: {events}.
    </Alert>
  ) : (
    <Alert color="red" title={`The audit log was altered at event ${broken?.sequence ?? "?"}`}>
      Reason: {broken?.reason}. The {events} events before it are valid.
    </Alert>
  );
}
