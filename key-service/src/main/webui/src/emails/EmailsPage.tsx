import { Anchor, Table, Text } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link, useSearchParams } from "react-router";
import { api } from "../api/client";
import type { EmailSummary, ListOf } from "../api/types";
import { QueryResult } from "../shared/QueryResult";
import { EmptyState } from "../shared/EmptyState";
import { Instant } from "../shared/Instant";
import { Page } from "../shared/Page";
import { Pager } from "../shared/Pager";
import { cursorOf } from "../shared/paging";
import { StatusBadge } from "../shared/StatusBadge";

const REFRESH_MILLIS = 10_000;

export function EmailsPage() {
  const cursor = cursorOf(useSearchParams()[0]);
  const emails = useQuery({
    queryKey: ["emails", cursor],
    queryFn: () => api.get<ListOf<EmailSummary>>("/v1/emails", { ...cursor }),
    refetchInterval: REFRESH_MILLIS,
    placeholderData: keepPreviousData,
  });
  return (
    <Page title="Emails" about="Emails that were sent, and their delivery status.">
      <QueryResult query={emails}>
        {(page) =>
          page.data.length === 0 ? (
            <EmptyState title="No emails yet">
              <Anchor component={Link} to="/api-keys/new">
                Create an API key
              </Anchor>{" "}
              and use it to send your first email.
            </EmptyState>
          ) : (
            <>
              <EmailTable emails={page.data} />
              <Pager cursor={cursor} page={page} />
            </>
          )
        }
      </QueryResult>
    </Page>
  );
}

function EmailTable({ emails }: { emails: readonly EmailSummary[] }) {
  return (
    <Table.ScrollContainer minWidth={720}>
      <Table verticalSpacing="sm" highlightOnHover aria-label="Emails">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>To</Table.Th>
            <Table.Th>Subject</Table.Th>
            <Table.Th>Status</Table.Th>
            <Table.Th>Accepted</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {emails.map(({ id, to, subject, last_event, created_at }) => (
            <Table.Tr key={id}>
              <Table.Td maw={300}>
                <Text size="sm" truncate>
                  {to.join(", ")}
                </Text>
              </Table.Td>
              <Table.Td maw={360}>
                <Anchor component={Link} to={`/emails/${id}`} size="sm" lineClamp={1}>
                  {subject === "" ? "(no subject)" : subject}
                </Anchor>
              </Table.Td>
              <Table.Td>
                <StatusBadge status={last_event} />
              </Table.Td>
              <Table.Td>
                <Instant at={created_at} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
