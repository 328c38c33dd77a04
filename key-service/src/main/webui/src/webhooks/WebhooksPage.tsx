import { Button, Code, Stack, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { api } from "../api/client";
import { usePermission } from "../api/session";
import type { ListOf, Webhook } from "../api/types";
import { QueryResult } from "../shared/QueryResult";
import { EmptyState } from "../shared/EmptyState";
import { Instant } from "../shared/Instant";
import { Page } from "../shared/Page";
import { Pager } from "../shared/Pager";
import { cursorOf } from "../shared/paging";
import { StatusBadge } from "../shared/StatusBadge";
import { AddWebhook } from "./AddWebhook";
import { DeleteWebhook } from "./DeleteWebhook";

export function WebhooksPage() {
  const canWrite = usePermission("webhooks:write");
  const cursor = cursorOf(useSearchParams()[0]);
  const [adding, setAdding] = useState(false);
  const webhooks = useQuery({
    queryKey: ["webhooks", cursor],
    queryFn: () => api.get<ListOf<Webhook>>("/v1/webhooks", { ...cursor }),
  });
  return (
    <Page
      title="Webhooks"
      about="Endpoints that receive events about your emails and API keys."
      action={canWrite && <Button onClick={() => setAdding(true)}>Add webhook</Button>}
    >
      <QueryResult query={webhooks}>
        {(page) =>
          page.data.length === 0 ? (
            <EmptyState title="No webhooks yet">Add an endpoint to receive events as signed requests.</EmptyState>
          ) : (
            <>
              <WebhookTable webhooks={page.data} canWrite={canWrite} />
              <Pager cursor={cursor} page={page} />
            </>
          )
        }
      </QueryResult>
      {adding && <AddWebhook onClose={() => setAdding(false)} />}
    </Page>
  );
}

function WebhookTable({ webhooks, canWrite }: { webhooks: readonly Webhook[]; canWrite: boolean }) {
  const [deleting, setDeleting] = useState<Webhook | null>(null);
  return (
    <>
      <Table.ScrollContainer minWidth={680}>
        <Table verticalSpacing="sm" highlightOnHover aria-label="Webhooks">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Endpoint</Table.Th>
              <Table.Th>Status</Table.Th>
              <Table.Th>Added</Table.Th>
              <Table.Th aria-label="Actions" />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {webhooks.map((webhook) => (
              <Table.Tr key={webhook.id}>
                <Table.Td maw={520}>
                  <Stack gap={4}>
                    <Code style={{ overflowWrap: "anywhere", alignSelf: "flex-start" }}>{webhook.endpoint}</Code>
                    <Text size="sm" c="dimmed" lineClamp={2}>
                      {eventsOf(webhook)}
                    </Text>
                  </Stack>
                </Table.Td>
                <Table.Td>
                  <StatusBadge status={webhook.status} />
                </Table.Td>
                <Table.Td>
                  <Instant at={webhook.created_at} />
                </Table.Td>
                <Table.Td ta="right">
                  {canWrite && (
                    <Button
                      size="compact-sm"
                      variant="subtle"
                      color="red"
                      onClick={() => setDeleting(webhook)}
                      aria-label={`Delete ${webhook.endpoint}`}
                    >
                      Delete
                    </Button>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <DeleteWebhook webhook={deleting} onClose={() => setDeleting(null)} />
    </>
  );
}

function eventsOf({ events }: Webhook): string {
  return events === null || events.length === 0 ? "All events" : events.join(", ");
}
