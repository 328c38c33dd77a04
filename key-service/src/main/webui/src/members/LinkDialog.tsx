import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { Copyable } from "../shared/Copy";

interface Props {
  readonly title: string;
  readonly recipient: string;
  /** Only if mail is not configured. */
  readonly url: string | undefined;
  readonly onClose: () => void;
}

/** Says that a link is emailed, or shows it if mail is not configured. */
export function LinkDialog({ title, recipient, url, onClose }: Props) {
  return (
    <Modal opened onClose={onClose} title={title} size="lg" centered closeOnClickOutside={url === undefined}>
      <Stack>
        {url === undefined ? (
          <Text>
            The link is being emailed to <strong>{recipient}</strong>.
          </Text>
        ) : (
          <>
            <Text>
              This installation does not send email. Give this link to <strong>{recipient}</strong> and to nobody else. It
              is shown only once.
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
