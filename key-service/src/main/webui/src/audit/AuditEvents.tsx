import { Anchor, Code, Spoiler, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useSearchParams } from "react-router";
import { api } from "../api/client";
import type { AuditEvent, ListOf } from "../api/types";
import { type Names, useNames } from "../members/names";
import { QueryResult } from "../shared/QueryResult";
import { Instant } from "../shared/Instant";
import { Pager } from "../shared/Pager";
import { cursorOf } from "../shared/paging";
import { toLabel } from "../shared/label";
import { actionOf, changesOf } from "./changes";

interface Props {
  /** Query parameters of the list, such as `target`. */
  readonly filter: Readonly<Record<string, string | undefined>>;
}

/** Who changed what, newest first. */
export function AuditEvents({ filter }: Props) {
  const cursor = cursorOf(useSearchParams()[0]);
  const events = useQuery({
    queryKey: ["audit-events", filter, cursor],
    queryFn: () => api.get<ListOf<AuditEvent>>("/v1/audit-events", { ...filter, ...cursor }),
  });
  const names = useNames();
  return (
    <QueryResult query={events}>
      {(page) =>
        page.data.length === 0 ? (
          <Text c="dimmed">No changes found.</Text>
        ) : (
          <>
            <Table.ScrollContainer minWidth={720}>
              <Table aria-label="Changes" verticalSpacing="sm">
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>Time</Table.Th>
                    <Table.Th>Action</Table.Th>
                    <Table.Th>Actor</Table.Th>
                    <Table.Th>Details</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {page.data.map((event) => (
                    <Row key={event.id} event={event} names={names} hasSingleTarget={filter.target !== undefined} />
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
            <Pager cursor={cursor} page={page} />
          </>
        )
      }
    </QueryResult>
  );
}

/** The page of an event's target, and the label of the link to it. */
const PAGES: Readonly<Record<string, { readonly path: string; readonly link: string }>> = {
  api_key: { path: "/api-keys", link: "Open the key" },
  domain: { path: "/domains", link: "Open the domain" },
};

interface RowProps {
  readonly event: AuditEvent;
  readonly names: Names;
  /** Whether all events have the same target, which then is not repeated in every row. */
  readonly hasSingleTarget: boolean;
}

function Row({ event, names, hasSingleTarget }: RowProps) {
  const changes = changesOf(event);
  const page = PAGES[event.target.type];
  return (
    <Table.Tr>
      <Table.Td>
        <Instant at={event.occurred_at} />
      </Table.Td>
      <Table.Td>
        <Text size="sm">{actionOf(event.action)}</Text>
        {!hasSingleTarget && page !== undefined && (
          <Anchor size="xs" component={Link} to={`${page.path}/${event.target.id}`}>
            {page.link}
          </Anchor>
        )}
        {!hasSingleTarget && event.target.type === "member" && <Id id={event.target.id} names={names} />}
      </Table.Td>
      <Table.Td>
        <Text size="sm">{toLabel(event.actor.type)}</Text>
        {event.actor.id !== null && <Id id={event.actor.id} names={names} />}
        {event.ip !== null && (
          <Text size="xs" c="dimmed">
            from {event.ip}
          </Text>
        )}
      </Table.Td>
      <Table.Td maw={420}>
        <Spoiler maxHeight={66} showLabel="Show all" hideLabel="Show less">
          {changes.map(({ name, before, after }) => (
            <Text key={name} size="xs" style={{ overflowWrap: "anywhere" }}>
              {toLabel(name)}: {before !== null && <Code>{before}</Code>}
              {before !== null && after !== null && " → "}
              {after !== null && <Code>{after}</Code>}
            </Text>
          ))}
        </Spoiler>
      </Table.Td>
    </Table.Tr>
  );
}

function Id({ id, names }: { id: string; names: Names }) {
  return (
    <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
      {names.get(id) ?? id}
    </Text>
  );
}
