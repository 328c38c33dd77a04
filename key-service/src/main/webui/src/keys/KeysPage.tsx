import { Anchor, Button, Code, Group, Stack, Table, Text, Tooltip } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { api } from "../api/client";
import { usePermission } from "../api/session";
import type { ApiKey, ListOf } from "../api/types";
import { QueryResult } from "../shared/QueryResult";
import { EmptyState } from "../shared/EmptyState";
import { Instant } from "../shared/Instant";
import { Page } from "../shared/Page";
import { Pager } from "../shared/Pager";
import { cursorOf } from "../shared/paging";
import { StatusBadge } from "../shared/StatusBadge";
import { toLabel } from "../shared/label";
import { filterOf, KeyFilters } from "./KeyFilters";
import { summary } from "./permissions";
import { RevokeKey } from "./RevokeKey";

export function KeysPage() {
  const [search] = useSearchParams();
  const cursor = cursorOf(search);
  const filter = filterOf(search);
  const canWrite = usePermission("api_keys:write");
  const keys = useQuery({
    queryKey: ["api-keys", filter, cursor],
    queryFn: () => api.get<ListOf<ApiKey>>("/v1/api-keys", { ...filter, ...cursor }),
  });
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  return (
    <Page
      title="API keys"
      about="A key can do only what you allow."
      action={
        canWrite && (
          <Button component={Link} to="/api-keys/new">
            Create API key
          </Button>
        )
      }
    >
      <KeyFilters />
      <QueryResult query={keys}>
        {(page) =>
          page.data.length === 0 && isFiltered ? (
            <EmptyState title="No matching API keys">Change or clear the filters.</EmptyState>
          ) : page.data.length === 0 ? (
            <EmptyState title="No API keys yet">
              Create one to send your first email. Give it only the permissions that it needs.
            </EmptyState>
          ) : (
            <>
              <KeyTable keys={page.data} canWrite={canWrite} />
              <Pager cursor={cursor} page={page} />
            </>
          )
        }
      </QueryResult>
    </Page>
  );
}

function KeyTable({ keys, canWrite }: { keys: readonly ApiKey[]; canWrite: boolean }) {
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  return (
    <>
      <Table.ScrollContainer minWidth={900}>
        <Table verticalSpacing="sm" highlightOnHover aria-label="API keys">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Name</Table.Th>
              <Table.Th>Permissions</Table.Th>
              <Table.Th>Domains</Table.Th>
              <Table.Th>State</Table.Th>
              <Table.Th>Last used</Table.Th>
              <Table.Th>Expires</Table.Th>
              <Table.Th aria-label="Actions" />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {keys.map((key) => (
              <Table.Tr key={key.id}>
                <Table.Td>
                  <Stack gap={4} align="flex-start">
                    <Anchor component={Link} to={`/api-keys/${key.id}`} fw={500} style={{ overflowWrap: "anywhere" }}>
                      {key.name}
                    </Anchor>
                    <Group gap="xs" wrap="nowrap">
                      <Code style={{ whiteSpace: "nowrap" }}>{key.hint}</Code>
                      <StatusBadge status={key.environment} />
                    </Group>
                  </Stack>
                </Table.Td>
                <Table.Td maw={280}>
                  <Permissions of={key} />
                </Table.Td>
                <Table.Td maw={220}>
                  <Text size="sm" c={key.allowed_domains.length === 0 ? "dimmed" : "inherit"} lineClamp={2}>
                    {key.allowed_domains.length === 0 ? "All verified" : key.allowed_domains.join(", ")}
                  </Text>
                </Table.Td>
                <Table.Td>
                  <StatusBadge status={key.state} />
                </Table.Td>
                <Table.Td>
                  {key.last_used_at === null ? "Never" : <Instant at={key.last_used_at} />}
                  {(key.usage_status === "quiet" || key.usage_status === "dormant") && (
                    <Text size="xs" c="orange">
                      {toLabel(key.usage_status)}
                    </Text>
                  )}
                </Table.Td>
                <Table.Td>{key.expires_at === null ? "Never" : <Instant at={key.expires_at} />}</Table.Td>
                <Table.Td ta="right">
                  {canWrite && key.state !== "revoked" && (
                    <Button
                      size="compact-sm"
                      variant="subtle"
                      color="red"
                      onClick={() => setRevoking(key)}
                      aria-label={`Revoke ${key.name}`}
                    >
                      Revoke
                    </Button>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <RevokeKey apiKey={revoking} onClose={() => setRevoking(null)} />
    </>
  );
}

function Permissions({ of: key }: { of: ApiKey }) {
  if (key.type === "full_access") {
    return <Text size="sm">Full access</Text>;
  }
  const text = summary(key.permissions);
  return (
    <Tooltip label={text} multiline maw={360} events={{ hover: true, focus: true, touch: true }}>
      <Text size="sm" lineClamp={2} tabIndex={0}>
        {text}
      </Text>
    </Tooltip>
  );
}
