import { Badge, Button, Group, Select, Stack, Table, Text, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { api } from "../api/client";
import { usePermission } from "../api/session";
import type { Invitation, ListOf, Member, ResetLink, Role } from "../api/types";
import { QueryResult } from "../shared/QueryResult";
import { Confirm } from "../shared/Confirm";
import { Instant } from "../shared/Instant";
import { Page } from "../shared/Page";
import { Pager } from "../shared/Pager";
import { ProblemAlert } from "../shared/ProblemAlert";
import { cursorOf } from "../shared/paging";
import { toLabel } from "../shared/label";
import { LinkDialog } from "./LinkDialog";
import { InviteMember } from "./InviteMember";
import { ROLES } from "./roles";

export function MembersPage() {
  const [inviting, setInviting] = useState(false);
  const canWrite = usePermission("account:write");
  const cursor = cursorOf(useSearchParams()[0]);
  const members = useQuery({
    queryKey: ["members", cursor],
    queryFn: () => api.get<ListOf<Member>>("/v1/members", { ...cursor }),
  });
  const invitations = useQuery({
    queryKey: ["invitations"],
    queryFn: () => api.get<ListOf<Invitation>>("/v1/invitations", { limit: 100 }),
  });
  return (
    <Page
      title="Members"
      about="The people who belong to this account. A key never has more permissions than its owner."
      action={canWrite && <Button onClick={() => setInviting(true)}>Invite member</Button>}
    >
      <QueryResult query={members}>
        {(page) => (
          <>
            <MemberTable members={page.data} canWrite={canWrite} />
            <Pager cursor={cursor} page={page} />
          </>
        )}
      </QueryResult>
      <QueryResult query={invitations}>
        {({ data }) => data.length > 0 && <InvitationTable invitations={data} canWrite={canWrite} />}
      </QueryResult>
      {inviting && <InviteMember onClose={() => setInviting(false)} />}
    </Page>
  );
}

function MemberTable({ members, canWrite }: { members: readonly Member[]; canWrite: boolean }) {
  const queryClient = useQueryClient();
  const [removing, setRemoving] = useState<Member | null>(null);
  const [disabling, setDisabling] = useState<Member | null>(null);
  const changeRole = useMutation({
    mutationFn: ({ id, role }: { id: string; role: Role }) =>
      api.patch(`/v1/members/${encodeURIComponent(id)}`, { role }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ["members"] }),
  });
  const remove = useMutation({
    mutationFn: (id: string) => api.delete(`/v1/members/${encodeURIComponent(id)}`),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ["members"] });
      setRemoving(null);
    },
  });
  const disable = useMutation({
    mutationFn: (id: string) => api.delete(`/v1/members/${encodeURIComponent(id)}/second-factor`),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ["members"] });
      setDisabling(null);
    },
  });
  const createLink = useMutation({
    mutationFn: ({ id }: Member) =>
      api.post<ResetLink>(`/v1/members/${encodeURIComponent(id)}/password-reset`),
  });
  return (
    <>
      {changeRole.isError && <ProblemAlert error={changeRole.error} />}
      {createLink.isError && <ProblemAlert error={createLink.error} />}
      <Table.ScrollContainer minWidth={800}>
        <Table aria-label="Members" verticalSpacing="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Email</Table.Th>
              <Table.Th>Role</Table.Th>
              <Table.Th>Two-factor authentication</Table.Th>
              <Table.Th>Joined</Table.Th>
              <Table.Th aria-label="Actions" />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {members.map((member) => (
              <Table.Tr key={member.id}>
                <Table.Td miw={180} style={{ overflowWrap: "anywhere" }}>
                  {member.email}
                </Table.Td>
                <Table.Td>
                  <Select
                    aria-label={`Role of ${member.email}`}
                    data={ROLES}
                    value={member.role}
                    onChange={(role) => role !== null && changeRole.mutate({ id: member.id, role: role as Role })}
                    allowDeselect={false}
                    disabled={!canWrite}
                    size="xs"
                    w={150}
                  />
                </Table.Td>
                <Table.Td>
                  {member.second_factor ? (
                    <Group gap="xs" wrap="nowrap">
                      <Badge color="teal" variant="light" flex="none">
                        Enabled
                      </Badge>
                      {canWrite && (
                        <Button
                          size="compact-sm"
                          variant="subtle"
                          flex="none"
                          onClick={() => setDisabling(member)}
                          aria-label={`Disable two-factor authentication for ${member.email}`}
                        >
                          Disable
                        </Button>
                      )}
                    </Group>
                  ) : (
                    <Text size="sm" c="dimmed">
                      Disabled
                    </Text>
                  )}
                </Table.Td>
                <Table.Td>
                  <Instant at={member.created_at} />
                </Table.Td>
                <Table.Td ta="right">
                  {canWrite && (
                    <Group gap="xs" justify="flex-end" wrap="nowrap">
                      <Button
                        size="compact-sm"
                        variant="subtle"
                        onClick={() => createLink.mutate(member)}
                        aria-label={`Create reset link for ${member.email}`}
                      >
                        Create reset link
                      </Button>
                      <Button
                        size="compact-sm"
                        variant="subtle"
                        color="red"
                        onClick={() => setRemoving(member)}
                        aria-label={`Remove ${member.email}`}
                      >
                        Remove
                      </Button>
                    </Group>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Confirm
        title="Remove this member?"
        action="Remove member"
        opened={removing !== null}
        running={remove.isPending}
        error={remove.error}
        onConfirm={() => removing !== null && remove.mutate(removing.id)}
        onClose={() => {
          remove.reset();
          setRemoving(null);
        }}
      >
        <Text>
          <strong>{removing?.email}</strong> will be signed out everywhere, and their API keys will be revoked.
        </Text>
      </Confirm>
      <Confirm
        title="Disable two-factor authentication?"
        action="Disable"
        opened={disabling !== null}
        running={disable.isPending}
        error={disable.error}
        onConfirm={() => disabling !== null && disable.mutate(disabling.id)}
        onClose={() => {
          disable.reset();
          setDisabling(null);
        }}
      >
        <Text>
          <strong>{disabling?.email}</strong> will sign in with the password only. Do this for a member who has lost
          both phone and recovery codes, after you have verified their identity.
        </Text>
      </Confirm>
      {createLink.isSuccess && (
        <LinkDialog
          title="Password reset link"
          recipient={createLink.variables.email}
          url={createLink.data.url}
          onClose={() => createLink.reset()}
        />
      )}
    </>
  );
}

interface InvitationsProps {
  readonly invitations: readonly Invitation[];
  readonly canWrite: boolean;
}

function InvitationTable({ invitations, canWrite }: InvitationsProps) {
  const queryClient = useQueryClient();
  const withdraw = useMutation({
    mutationFn: (id: string) => api.delete(`/v1/invitations/${encodeURIComponent(id)}`),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ["invitations"] }),
  });
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">
        Pending invitations
      </Title>
      {withdraw.isError && <ProblemAlert error={withdraw.error} />}
      <Table.ScrollContainer minWidth={560}>
        <Table aria-label="Invitations">
          <Table.Tbody>
            {invitations.map(({ id, email, role, expires_at }) => (
              <Table.Tr key={id}>
                <Table.Td style={{ overflowWrap: "anywhere" }}>{email}</Table.Td>
                <Table.Td>{toLabel(role)}</Table.Td>
                <Table.Td>
                  Expires <Instant at={expires_at} />
                </Table.Td>
                <Table.Td ta="right">
                  {canWrite && (
                    <Button
                      size="compact-sm"
                      variant="subtle"
                      color="red"
                      onClick={() => withdraw.mutate(id)}
                      aria-label={`Withdraw invitation for ${email}`}
                    >
                      Withdraw
                    </Button>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Stack>
  );
}
