import { Alert, Button, Code, Group, SimpleGrid, Stack } from "@mantine/core";
import { Copy } from "../shared/Copy";
import { recoveryFile } from "./codes";

interface Props {
  readonly codes: readonly string[];
  readonly onDone: () => void;
}

/** Shows the recovery codes, which cannot be shown again. */
export function RecoveryCodes({ codes, onDone }: Props) {
  const file = recoveryFile(codes, window.location.host);
  return (
    <Stack>
      <Alert color="yellow" title="Save these recovery codes">
        Each can be used once instead of a code from your authenticator app. They are shown only once. Store them in a
        safe place, such as a password manager, and not only on your phone.
      </Alert>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" component="ul" aria-label="Recovery codes" m={0} p={0}>
        {codes.map((code) => (
          <Code key={code} component="li" fz="md" ta="center" style={{ listStyle: "none" }}>
            {code}
          </Code>
        ))}
      </SimpleGrid>
      <Group justify="space-between">
        <Group gap="xs">
          <Copy value={codes.join("\n")} label="the recovery codes" />
          <Button
            component="a"
            href={`data:text/plain;charset=utf-8,${encodeURIComponent(file)}`}
            download="sendex-recovery-codes.txt"
            size="compact-xs"
            variant="default"
          >
            Download
          </Button>
        </Group>
        <Button onClick={onDone}>I have saved them</Button>
      </Group>
    </Stack>
  );
}
