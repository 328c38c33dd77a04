import { Group, SegmentedControl, Stack, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../api/client";
import type { KeyUsage } from "../api/types";
import { Answer } from "../shared/Answer";
import { words } from "../shared/words";
import { UseChart } from "./UseChart";
import { type Granularity, spans } from "./use";

/** What a key was used for: the last day by the hour, or the last 30 days. */
export function KeyUse({ id }: { id: string }) {
  const [granularity, setGranularity] = useState<Granularity>("hour");
  const usage = useQuery({
    queryKey: ["api-keys", "usage", id, granularity],
    queryFn: () => api.get<KeyUsage>(`/v1/api-keys/${encodeURIComponent(id)}/usage`, { granularity }),
  });
  return (
    <Stack>
      <SegmentedControl
        aria-label="Span"
        data={[
          { value: "hour", label: "Last 24 hours" },
          { value: "day", label: "Last 30 days" },
        ]}
        value={granularity}
        onChange={(value) => setGranularity(value as Granularity)}
        w="max-content"
      />
      <Answer query={usage}>
        {(found) =>
          found.totals.requests === 0 ? (
            <Text c="dimmed">No requests in this time. Counts lag by at most a minute.</Text>
          ) : (
            <Stack>
              <Group gap="xl">
                <Count label="Requests" value={found.totals.requests} />
                <Count label="Successful" value={found.totals.success} />
                <Count label="Refused" value={found.totals.refused} />
                <Count label="Failed" value={found.totals.failed} />
              </Group>
              <UseChart spans={spans(found.data, granularity, new Date())} granularity={granularity} />
              <Endpoints usage={found} />
              {found.refusals.length > 0 && <Refusals usage={found} />}
            </Stack>
          )
        }
      </Answer>
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
          <Table.Th>Why requests were refused</Table.Th>
          <Table.Th ta="right">Requests</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {usage.refusals.map(({ problem, requests }) => (
          <Table.Tr key={problem}>
            <Table.Td>{problem === null ? "Not said" : words(problem)}</Table.Td>
            <Table.Td ta="right">{requests}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
