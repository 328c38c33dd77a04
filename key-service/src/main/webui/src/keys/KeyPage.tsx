import { Alert, Anchor, Button, Code, Group, Stack, Table, Text, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { Link, useParams } from "react-router";
import { api } from "../api/client";
import { usePermission } from "../api/session";
import type { ApiKey } from "../api/types";
import { AuditEvents } from "../audit/AuditEvents";
import { useNames } from "../members/names";
import { QueryResult } from "../shared/QueryResult";
import { Copyable } from "../shared/Copy";
import { Instant } from "../shared/Instant";
import { Page } from "../shared/Page";
import { ProblemAlert } from "../shared/ProblemAlert";
import { StatusBadge } from "../shared/StatusBadge";
import { dateAndTime } from "../shared/time";
import { toLabel } from "../shared/label";
import { windowName } from "./draft";
import { KeyUsageSection } from "./KeyUsageSection";
import { summary } from "./permissions";
import { RevokeKey } from "./RevokeKey";
import { RotateKey } from "./RotateKey";

export function KeyPage() {
  const { id = "" } = useParams();
  const [openDialog, setOpenDialog] = useState<"rotate" | "revoke" | null>(null);
  const key = useQuery({
    queryKey: ["api-keys", "one", id],
    queryFn: () => api.get<ApiKey>(`/v1/api-keys/${encodeURIComponent(id)}`),
  });
  const canWrite = usePermission("api_keys:write");
  const canChange = canWrite && key.data !== undefined && key.data.state !== "revoked";
  return (
    <Page
      title={key.data?.name ?? "API key"}
      about={
        <Anchor component={Link} to="/api-keys">
          All API keys
        </Anchor>
      }
      action={
        canChange && (
          <Group gap="xs">
            <Button component={Link} to={`/api-keys/${id}/edit`} variant="default">
              Edit
            </Button>
            <Button variant="default" onClick={() => setOpenDialog("rotate")}>
              Rotate
            </Button>
            <Button color="red" variant="light" onClick={() => setOpenDialog("revoke")}>
              Revoke
            </Button>
          </Group>
        )
      }
    >
      <QueryResult query={key}>
        {(found) => (
          <Stack gap="xl">
            {found.rotation_ends_at !== null && found.state !== "revoked" && (
              <Overlap id={found.id} until={found.rotation_ends_at} canEnd={canWrite} />
            )}
            {found.state === "revoked" && (
              <Alert color="gray" title="This key is revoked">
                {found.revoked_reason ?? "No reason was given."}
              </Alert>
            )}
            <Details of={found} />
            <Section title="Usage">
              <KeyUsageSection id={found.id} />
            </Section>
            <Section title="Changes">
              <AuditEvents filter={{ target: found.id }} />
            </Section>
            {openDialog === "rotate" && <RotateKey apiKey={found} onClose={() => setOpenDialog(null)} />}
            <RevokeKey apiKey={openDialog === "revoke" ? found : null} onClose={() => setOpenDialog(null)} />
          </Stack>
        )}
      </QueryResult>
    </Page>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Stack component="section" aria-label={title}>
      <Title order={2} size="h4">
        {title}
      </Title>
      {children}
    </Stack>
  );
}

/** Says that the old token is still valid, and invalidates it. */
function Overlap({ id, until, canEnd }: { id: string; until: string; canEnd: boolean }) {
  const queryClient = useQueryClient();
  const end = useMutation({
    mutationFn: () => api.delete(`/v1/api-keys/${encodeURIComponent(id)}/rotation`),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["api-keys"] }),
  });
  return (
    <Alert color="yellow" title="Two tokens are valid">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">The old token stays valid until {dateAndTime(until)}.</Text>
        {end.isError && <ProblemAlert error={end.error} />}
        {canEnd && (
          <Button size="compact-sm" variant="default" onClick={() => end.mutate()} loading={end.isPending}>
            Invalidate old token
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

function Details({ of: key }: { of: ApiKey }) {
  const names = useNames();
  const rows: [string, ReactNode][] = [
    ["State", <StatusBadge status={key.state} />],
    ["Environment", toLabel(key.environment)],
    ["Token", <Code>{key.hint}</Code>],
    ["Permissions", key.type === "full_access" ? "Full access" : summary(key.permissions)],
    ["Sender domains", listOr(key.allowed_domains, "All verified domains of the account")],
    ["Networks", listOr(key.allowed_ips, "Any network")],
    ["Endpoints", listOr(key.allowed_endpoints, "All endpoints that the permissions cover")],
    ["Rate limit", <SharedLimit limit={rateOf(key)} by={key.rate_limit_shared_with} />],
    ["Sending limit", <SharedLimit limit={sendingOf(key)} by={key.sending_limit_shared_with} />],
    ["Expires", key.expires_at === null ? "Never" : dateAndTime(key.expires_at)],
    ["Last used", lastUseOf(key)],
    ["Owner", names.get(key.owner_id) ?? key.owner_id],
    ["Created", `${dateAndTime(key.created_at)} by ${names.get(key.created_by) ?? key.created_by}`],
    ["ID", <Copyable value={key.id} label="the key ID" />],
  ];
  return (
    <Table variant="vertical" layout="fixed" withTableBorder aria-label="Details" maw={820}>
      <Table.Tbody>
        {rows.map(([label, value]) => (
          <Table.Tr key={label}>
            <Table.Th w={150}>{label}</Table.Th>
            <Table.Td style={{ overflowWrap: "anywhere" }}>{value}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** A limit, and the key whose count it shares, if any. */
function SharedLimit({ limit, by }: { limit: string; by: string | null }) {
  return by === null ? (
    limit
  ) : (
    <>
      {limit}, shared with{" "}
      <Anchor component={Link} to={`/api-keys/${by}`} size="sm">
        the key that created it
      </Anchor>
    </>
  );
}

function listOr(values: readonly string[], none: string): string {
  return values.length === 0 ? none : values.join(", ");
}

function rateOf({ rate_limit: rate }: ApiKey): string {
  return rate === null ? "No limit" : `${rate.limit} per ${windowName(rate.window_seconds)}`;
}

function sendingOf({ sending_limit: limit }: ApiKey): string {
  const parts = [
    [limit?.per_day, "per day"],
    [limit?.per_month, "per month"],
    [limit?.total, "in total"],
  ].filter(([amount]) => typeof amount === "number");
  return parts.length === 0 ? "No limit" : parts.map((part) => part.join(" ")).join(", ");
}

function lastUseOf(key: ApiKey): ReactNode {
  if (key.last_used_at === null) {
    return "Never";
  }
  return (
    <>
      <Instant at={key.last_used_at} />
      {key.last_used_ip !== null && ` from ${key.last_used_ip}`}
      {key.usage_status !== "active" && ` (${toLabel(key.usage_status).toLowerCase()})`}
    </>
  );
}
