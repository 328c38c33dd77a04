import { Alert, Badge, Button, Group, Stack, Table, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "react-router";
import { api } from "../api/client";
import { usePermission } from "../api/session";
import type { DnsRecord, Domain } from "../api/types";
import { AuditEvents } from "../audit/AuditEvents";
import { QueryResult } from "../shared/QueryResult";
import { Copyable } from "../shared/Copy";
import { Page } from "../shared/Page";
import { ProblemAlert } from "../shared/ProblemAlert";
import { StatusBadge } from "../shared/StatusBadge";

const POLL_MILLIS = 3_000;

export function DomainPage() {
  const { id = "" } = useParams();
  const canWrite = usePermission("domains:write");
  const path = `/v1/domains/${encodeURIComponent(id)}`;
  const domain = useQuery({
    queryKey: ["domains", "one", id],
    queryFn: () => api.get<Domain>(path),
    refetchInterval: ({ state }) => (state.data?.status === "pending" ? POLL_MILLIS : false),
  });
  return (
    <Page
      title={domain.data?.name ?? "Domain"}
      about={domain.data && <StatusBadge status={domain.data.status} />}
      action={canWrite && domain.data && domain.data.status !== "verified" && <Verify path={path} />}
    >
      <QueryResult query={domain}>
        {({ status, records = [], dmarc }) => (
          <Stack>
            {status === "verified" ? (
              <Alert color="teal" title="This domain is verified">
                You can send from it. Keep the DNS records in place.
              </Alert>
            ) : (
              <Alert color="blue" title="Set these records at your domain's DNS provider">
                Then select Verify. It can take up to 72 hours until DNS changes are visible everywhere.
              </Alert>
            )}
            <RecordTable
              records={dmarc ? [...records, { ...dmarc, record: "DMARC", status: "recommended" }] : records}
            />
            <Title order={2} size="h4">
              Changes
            </Title>
            <AuditEvents filter={{ target: id }} />
          </Stack>
        )}
      </QueryResult>
    </Page>
  );
}

function Verify({ path }: { path: string }) {
  const queryClient = useQueryClient();
  const verify = useMutation({
    mutationFn: () => api.post(`${path}/verify`),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["domains"] }),
  });
  return (
    <Stack align="flex-end">
      <Button onClick={() => verify.mutate()} loading={verify.isPending}>
        Verify
      </Button>
      {verify.isError && <ProblemAlert error={verify.error} />}
    </Stack>
  );
}

function RecordTable({ records }: { records: readonly DnsRecord[] }) {
  return (
    <>
      <Title order={2} size="h4">
        DNS records
      </Title>
      <Table.ScrollContainer minWidth={860}>
        <Table verticalSpacing="sm" aria-label="DNS records">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Type</Table.Th>
              <Table.Th>Name</Table.Th>
              <Table.Th>Value</Table.Th>
              <Table.Th>Priority</Table.Th>
              <Table.Th>Status</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {records.map(({ record, type, name, value, priority, status }) => (
              <Table.Tr key={type + name}>
                <Table.Td>
                  <Group gap="xs" wrap="nowrap">
                    {type}
                    <Badge variant="default" size="xs" miw="max-content">
                      {record}
                    </Badge>
                  </Group>
                </Table.Td>
                <Table.Td>
                  <Copyable value={name} label={`the name of the ${record} ${type} record`} />
                </Table.Td>
                <Table.Td>
                  <Copyable value={value} label={`the value of the ${record} ${type} record`} />
                </Table.Td>
                <Table.Td>{priority ?? "–"}</Table.Td>
                <Table.Td>
                  <StatusBadge status={status} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </>
  );
}
