import { Alert, Badge, Button, PasswordInput, Stack, Table, Text, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client";
import { asProblem } from "../api/problem";
import type { ListOf, SessionEntry } from "../api/types";
import { QueryResult } from "../shared/QueryResult";
import { Instant } from "../shared/Instant";
import { Page } from "../shared/Page";
import { ProblemAlert } from "../shared/ProblemAlert";
import { SecondFactor } from "./SecondFactor";

const SESSIONS = ["sessions"] as const;

export function SecurityPage() {
  const sessions = useQuery({
    queryKey: SESSIONS,
    queryFn: () => api.get<ListOf<SessionEntry>>("/v1/sessions"),
  });
  return (
    <Page title="Security" about="Your sessions, two-factor authentication and password.">
      <QueryResult query={sessions}>{({ data }) => <SessionTable sessions={data} />}</QueryResult>
      <SecondFactor />
      <ChangePassword />
    </Page>
  );
}

function SessionTable({ sessions }: { sessions: readonly SessionEntry[] }) {
  const queryClient = useQueryClient();
  const end = useMutation({
    mutationFn: (id: string) => api.delete(`/v1/sessions/${encodeURIComponent(id)}`),
    onSettled: () => queryClient.invalidateQueries({ queryKey: SESSIONS }),
  });
  return (
    <>
      {end.isError && <ProblemAlert error={end.error} />}
      <Table.ScrollContainer minWidth={640}>
        <Table aria-label="Sessions" verticalSpacing="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Browser</Table.Th>
              <Table.Th>IP address</Table.Th>
              <Table.Th>Last used</Table.Th>
              <Table.Th aria-label="Actions" />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {sessions.map(({ id, user_agent, ip, last_used_at, current }) => (
              <Table.Tr key={id}>
                <Table.Td maw={360} style={{ overflowWrap: "anywhere" }}>
                  <Text size="sm">{user_agent ?? "Unknown"}</Text>
                  {current && (
                    <Badge size="sm" variant="light">
                      This session
                    </Badge>
                  )}
                </Table.Td>
                <Table.Td>{ip ?? "Unknown"}</Table.Td>
                <Table.Td>
                  <Instant at={last_used_at} />
                </Table.Td>
                <Table.Td ta="right">
                  {!current && (
                    <Button size="compact-sm" variant="subtle" color="red" onClick={() => end.mutate(id)}>
                      End
                    </Button>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </>
  );
}

function ChangePassword() {
  const queryClient = useQueryClient();
  const form = useForm({ initialValues: { current_password: "", new_password: "" } });
  const change = useMutation({
    mutationFn: (passwords: typeof form.values) => api.post("/v1/auth/password", passwords),
    onSuccess: () => {
      form.reset();
      return queryClient.invalidateQueries({ queryKey: SESSIONS });
    },
    onError: (error) => form.setErrors(asProblem(error).fieldMessages),
  });
  return (
    <form onSubmit={form.onSubmit((passwords) => change.mutate(passwords))}>
      <Stack maw={400}>
        <Title order={2} size="h4">
          Change your password
        </Title>
        {change.isSuccess && (
          <Alert color="teal" role="status" title="Your password has been changed">
            Your other sessions have ended.
          </Alert>
        )}
        {change.isError && <ProblemAlert error={change.error} />}
        <PasswordInput
          label="Current password"
          autoComplete="current-password"
          required
          {...form.getInputProps("current_password")}
        />
        <PasswordInput
          label="New password"
          description="At least 12 characters, for example a few random words"
          autoComplete="new-password"
          required
          {...form.getInputProps("new_password")}
        />
        <Button type="submit" loading={change.isPending} w="max-content">
          Change password
        </Button>
      </Stack>
    </form>
  );
}
