import { Alert, Button, Code, Group, List, Stack, Text } from "@mantine/core";
import { asProblem } from "../api/problem";

interface Props {
  readonly error: unknown;
  readonly onRetry?: () => void;
}

/** The server's error message, with the request ID for support. */
export function ProblemAlert({ error, onRetry }: Props) {
  const problem = asProblem(error);
  return (
    <Alert color="red" variant="light" title={problem.message}>
      <Stack gap="xs" align="flex-start">
        {problem.errors.length > 1 && (
          <List size="sm">
            {problem.errors.map(({ field, message }) => (
              <List.Item key={field + message}>
                <Code>{field}</Code> {message}
              </List.Item>
            ))}
          </List>
        )}
        <Group gap="md">
          {problem.requestId !== null && (
            <Text size="xs">
              Request ID <Code>{problem.requestId}</Code>
            </Text>
          )}
          {onRetry !== undefined && problem.retryable && (
            <Button size="compact-sm" variant="default" onClick={onRetry}>
              Try again
            </Button>
          )}
        </Group>
      </Stack>
    </Alert>
  );
}
