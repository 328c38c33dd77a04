import { Paper, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

/** Says that a list is empty, and how to add something to it. */
export function EmptyState({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Paper withBorder p="xl">
      <Stack align="center" gap="sm" ta="center">
        <Title order={2} size="h4">
          {title}
        </Title>
        <Text c="dimmed" component="div" maw={480}>
          {children}
        </Text>
      </Stack>
    </Paper>
  );
}
