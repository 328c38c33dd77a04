import { Alert, Button, Code, Group, Paper, Stack, Text } from "@mantine/core";
import { Link } from "react-router";
import type { IssuedKey } from "../api/types";
import { Copy } from "../shared/Copy";
import { curlFor } from "./curl";

interface Props {
  readonly issued: IssuedKey;
  readonly verifiedDomains: readonly string[];
}

/** Shows the token, which cannot be shown again. */
export function IssuedKeyView({ issued, verifiedDomains }: Props) {
  const curl = curlFor(window.location.origin, issued, verifiedDomains);
  return (
    <Stack maw={820}>
      <Alert color="yellow" title="Copy the token now">
        The token of “{issued.name}” is shown only once. Store it in a safe place, such as a password manager.
      </Alert>
      <Secret title="Token" label="the token" value={issued.token} />
      <Secret title="Try it" label="the command" value={curl} />
      <Group>
        <Button component={Link} to="/api-keys">
          Done
        </Button>
      </Group>
    </Stack>
  );
}

function Secret({ title, label, value }: { title: string; label: string; value: string }) {
  return (
    <Paper withBorder p="md">
      <Group justify="space-between" mb="xs">
        <Text fw={600} size="sm">
          {title}
        </Text>
        <Copy value={value} label={label} />
      </Group>
      <Code block style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
        {value}
      </Code>
    </Paper>
  );
}
