import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { Copyable } from "../shared/Copy";

interface Props {
  readonly title: string;
  readonly mailedTo: string;
  /** Only where mail is not set up. */
  readonly url: string | undefined;
  readonly onClose: () => void;
}

/** What became of a link: it was mailed, or must be handed on. */
export function HandOn({ title, mailedTo, url, onClose }: Props) {
  return (
    <Modal opened onClose={onClose} title={title} size="lg" centered closeOnClickOutside={url === undefined}>
      <Stack>
        {url === undefined ? (
          <Text>
            It is on its way to <strong>{mailedTo}</strong>.
          </Text>
        ) : (
          <>
            <Text>
              This installation sends no mail. Hand this link to <strong>{mailedTo}</strong>, and to nobody else; it is
              shown this once.
            </Text>
            <Copyable value={url} label="the link" />
          </>
        )}
        <Group justify="flex-end">
          <Button onClick={onClose}>Done</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
