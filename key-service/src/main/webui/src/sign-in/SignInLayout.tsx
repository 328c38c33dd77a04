import { Center, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import type { ReactNode } from "react";
import { Navigate, useLocation } from "react-router";
import { useSession } from "../api/session";

/** The frame of the sign-in pages. Users who are signed in are sent on to the page that they wanted. */
export function SignInLayout({ title, children }: { title: string; children: ReactNode }) {
  useDocumentTitle(`${title} · Sendex`);
  const { data: account } = useSession();
  const destination = destinationOf(useLocation().state);
  if (account) {
    return <Navigate to={destination} replace />;
  }
  return (
    <Center mih="100vh" p="md" component="main">
      <Stack w="100%" maw={400}>
        <Group gap="sm" justify="center">
          <img src="/favicon.svg" width={32} height={32} alt="" />
          <Text fw={700} size="xl">
            Sendex
          </Text>
        </Group>
        <Paper withBorder p="xl" shadow="sm">
          <Stack>
            <Title order={1} size="h3">
              {title}
            </Title>
            {children}
          </Stack>
        </Paper>
      </Stack>
    </Center>
  );
}

function destinationOf(state: unknown): string {
  return typeof state === "object" && state !== null && "from" in state && typeof state.from === "string"
    ? state.from
    : "/";
}
