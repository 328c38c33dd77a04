import { Alert, Anchor, Code, Grid, Paper, Stack, Table, Text, Timeline, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import { api } from "../api/client";
import type { Email, EmailEvent, ListOf } from "../api/types";
import { QueryResult } from "../shared/QueryResult";
import { Copyable } from "../shared/Copy";
import { Page } from "../shared/Page";
import { StatusBadge } from "../shared/StatusBadge";
import { dateAndTime } from "../shared/time";
import { toLabel } from "../shared/label";
import { EmailContent } from "./EmailContent";
import { timeline, type TimelineEntry } from "./timeline";

const REFRESH_MILLIS = 5_000;

export function EmailPage() {
  const { id = "" } = useParams();
  const path = `/v1/emails/${encodeURIComponent(id)}`;
  const email = useQuery({
    queryKey: ["emails", "one", id],
    queryFn: () => api.get<Email>(path),
    refetchInterval: REFRESH_MILLIS,
  });
  const events = useQuery({
    queryKey: ["emails", "events", id],
    queryFn: () => api.get<ListOf<EmailEvent>>(`${path}/events`, { limit: 100 }),
    select: ({ data }) => timeline(data),
    refetchInterval: REFRESH_MILLIS,
    enabled: email.isSuccess,
  });
  return (
    <Page
      title={email.data?.subject ?? "Email"}
      about={
        <Anchor component={Link} to="/emails">
          All emails
        </Anchor>
      }
    >
      <QueryResult query={email}>
        {(found) => (
          <Grid gap="xl">
            <Grid.Col span={{ base: 12, md: 7 }}>
              <Stack>
                {found.status_reason && (
                  <Alert color="orange" title={toLabel(found.last_event)}>
                    {found.status_reason}
                  </Alert>
                )}
                <Envelope email={found} />
                <EmailContent html={found.html} text={found.text} />
              </Stack>
            </Grid.Col>
            <Grid.Col span={{ base: 12, md: 5 }}>
              <Paper withBorder p="md" component="section" aria-label="Timeline">
                <Title order={2} size="h4" mb="md">
                  Timeline
                </Title>
                <QueryResult query={events}>{(entries) => <Events entries={entries} />}</QueryResult>
              </Paper>
            </Grid.Col>
          </Grid>
        )}
      </QueryResult>
    </Page>
  );
}

function Envelope({ email }: { email: Email }) {
  const addresses: [string, readonly string[] | null][] = [
    ["From", [email.from]],
    ["To", email.to],
    ["Cc", email.cc],
    ["Bcc", email.bcc],
    ["Reply-To", email.reply_to],
  ];
  return (
    <Table variant="vertical" layout="fixed" withTableBorder aria-label="Envelope">
      <Table.Tbody>
        <Table.Tr>
          <Table.Th w={120}>Status</Table.Th>
          <Table.Td>
            <StatusBadge status={email.last_event} />
          </Table.Td>
        </Table.Tr>
        {addresses.map(
          ([label, values]) =>
            values !== null &&
            values.length > 0 && (
              <Table.Tr key={label}>
                <Table.Th>{label}</Table.Th>
                <Table.Td style={{ overflowWrap: "anywhere" }}>{values.join(", ")}</Table.Td>
              </Table.Tr>
            ),
        )}
        <Table.Tr>
          <Table.Th>Accepted</Table.Th>
          <Table.Td>{dateAndTime(email.created_at)}</Table.Td>
        </Table.Tr>
        {(email.tags ?? []).length > 0 && (
          <Table.Tr>
            <Table.Th>Tags</Table.Th>
            <Table.Td>{(email.tags ?? []).map(({ name, value }) => `${name}=${value}`).join(", ")}</Table.Td>
          </Table.Tr>
        )}
        <Table.Tr>
          <Table.Th>ID</Table.Th>
          <Table.Td>
            <Copyable value={email.id} label="the email ID" />
          </Table.Td>
        </Table.Tr>
      </Table.Tbody>
    </Table>
  );
}

function Events({ entries }: { entries: readonly TimelineEntry[] }) {
  if (entries.length === 0) {
    return <Text c="dimmed">No events yet.</Text>;
  }
  return (
    <Timeline active={entries.length - 1} bulletSize={14} lineWidth={2}>
      {entries.map(({ id, status, at, details }) => (
        <Timeline.Item key={id} title={<StatusBadge status={status} />}>
          <Text size="sm" c="dimmed" component="time" dateTime={at}>
            {dateAndTime(at)}
          </Text>
          {details.map(([name, value]) => (
            <Text key={name} size="xs" style={{ overflowWrap: "anywhere" }}>
              {name}: <Code>{value}</Code>
            </Text>
          ))}
        </Timeline.Item>
      ))}
    </Timeline>
  );
}
