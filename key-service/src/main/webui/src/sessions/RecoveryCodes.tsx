import { Alert, Button, Code, Group, SimpleGrid, Stack } from "@mantine/core";
import { Copy } from "../shared/Copy";
import { recoveryFile } from "./codes";

interface Props {
  readonly codes: readonly string[];
  readonly onDone: () => void;
}

/** The recovery codes, the only time that they are seen. */
export function RecoveryCodes({ codes, onDone }: Props) {
  const file = recoveryFile(codes, window.location.host);
  return (
    <Stack>
      <Alert color="yellow" title="Keep these recovery codes">
        Each signs you in once in place of your phone. This is the only time that they are shown: keep them where you
        keep passwords, and not on the phone.
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
        <Button onClick={onDone}>I have kept them</Button>
      </Group>
    </Stack>
  );
}
