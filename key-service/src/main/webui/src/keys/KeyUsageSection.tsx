import { Alert, Badge, Group, SegmentedControl, Stack, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../api/client";
import type { KeyUsage } from "../api/types";
import { QueryResult } from "../shared/QueryResult";
import { Instant } from "../shared/Instant";
import { toLabel } from "../shared/label";
import { UsageChart } from "./UsageChart";
import { type Granularity, isNew, isRecent, buckets } from "./usage";

/** The usage of a key: the last 24 hours by hour, or the last 30 days by day. */
export function KeyUsageSection({ id }: { id: string }) {
  const [granularity, setGranularity] = useState<Granularity>("hour");
  const usage = useQuery({
    queryKey: ["api-keys", "usage", id, granularity],
    queryFn: () => api.get<KeyUsage>(`/v1/api-keys/${encodeURIComponent(id)}/usage`, { granularity }),
  });
  return (
    <Stack>
      <SegmentedControl
        aria-label="Period"
        data={[
          { value: "hour", label: "Last 24 hours" },
          { value: "day", label: "Last 30 days" },
        ]}
        value={granularity}
        onChange={(value) => setGranularity(value as Granularity)}
        w="max-content"
      />
      <QueryResult query={usage}>
        {(found) => (
          <Stack>
            {isRecent(found.refused_often_at, new Date()) && <RefusedOften at={found.refused_often_at} />}
            <Requests usage={found} granularity={granularity} />
            {found.networks.length > 0 && <Networks usage={found} />}
          </Stack>
        )}
      </QueryResult>
    </Stack>
  );
}

function RefusedOften({ at }: { at: string }) {
  return (
    <Alert color="orange" title="Unusually many refused requests">
      Many requests within five minutes were refused <Instant at={at} />. Either a client tries to do something that the
      key does not allow, or somebody is testing what the key can do.
    </Alert>
  );
}

function Requests({ usage, granularity }: { usage: KeyUsage; granularity: Granularity }) {
  if (usage.totals.requests === 0) {
    return <Text c="dimmed">No requests in this period. Counts can lag by up to a minute.</Text>;
  }
  return (
    <Stack>
      <Group gap="xl">
        <Count label="Requests" value={usage.totals.requests} />
        <Count label="Successful" value={usage.totals.success} />
        <Count label="Refused" value={usage.totals.refused} />
        <Count label="Failed" value={usage.totals.failed} />
      </Group>
      <UsageChart buckets={buckets(usage.data, granularity, new Date())} granularity={granularity} />
      <Endpoints usage={usage} />
      {usage.refusals.length > 0 && <Refusals usage={usage} />}
    </Stack>
  );
}

function Count({ label, value }: { label: string; value: number }) {
  return (
    <div>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text size="xl" fw={600}>
        {value.toLocaleString("en")}
      </Text>
    </div>
  );
}

function Endpoints({ usage }: { usage: KeyUsage }) {
  return (
    <Table.ScrollContainer minWidth={520}>
      <Table aria-label="Endpoints">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Endpoint</Table.Th>
            <Table.Th ta="right">Requests</Table.Th>
            <Table.Th ta="right">Refused</Table.Th>
            <Table.Th ta="right">Failed</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {usage.endpoints.map(({ endpoint, requests, refused, failed }) => (
            <Table.Tr key={endpoint}>
              <Table.Td>{endpoint}</Table.Td>
              <Table.Td ta="right">{requests}</Table.Td>
              <Table.Td ta="right">{refused}</Table.Td>
              <Table.Td ta="right">{failed}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Refusals({ usage }: { usage: KeyUsage }) {
  return (
    <Table maw={520} aria-label="Refusals">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Reason</Table.Th>
          <Table.Th ta="right">Refused requests</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {usage.refusals.map(({ problem, requests }) => (
          <Table.Tr key={problem}>
            <Table.Td>{problem === null ? "Unknown" : toLabel(problem)}</Table.Td>
            <Table.Td ta="right">{requests}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Networks({ usage }: { usage: KeyUsage }) {
  return (
    <Table maw={640} aria-label="Networks">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Network</Table.Th>
          <Table.Th>First used</Table.Th>
          <Table.Th>Last used</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {usage.networks.map((network) => (
          <Table.Tr key={network.network}>
            <Table.Td>
              <Group gap="xs">
                {network.network}
                {isNew(network, usage.first_used_at, new Date()) && (
                  <Badge color="orange" variant="light">
                    New
                  </Badge>
                )}
              </Group>
            </Table.Td>
            <Table.Td>
              <Instant at={network.first_seen_at} />
            </Table.Td>
            <Table.Td>
              <Instant at={network.last_seen_at} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
