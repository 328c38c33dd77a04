import { Alert, Button, Group, Modal, Select, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../api/client";
import type { ApiKey, IssuedKey } from "../api/types";
import { Copyable } from "../shared/Copy";
import { ProblemAlert } from "../shared/ProblemAlert";

interface Props {
  readonly apiKey: ApiKey;
  readonly onClose: () => void;
}

const OVERLAPS: readonly { value: string; label: string }[] = [
  { value: "0", label: "Not at all" },
  { value: "3600", label: "For 1 hour" },
  { value: "86400", label: "For 1 day" },
  { value: "604800", label: "For 7 days" },
];

/** Creates a new token for the same key. Permissions, limits and counts stay the same. */
export function RotateKey({ apiKey, onClose }: Props) {
  const queryClient = useQueryClient();
  const [overlap, setOverlap] = useState("86400");
  const rotate = useMutation({
    mutationFn: () =>
      api.post<IssuedKey>(`/v1/api-keys/${encodeURIComponent(apiKey.id)}/rotate`, {
        overlap_seconds: Number(overlap),
      }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["api-keys"] }),
  });
  const isDone = rotate.data !== undefined;
  return (
    <Modal
      opened
      onClose={onClose}
      title={isDone ? "New token" : "Rotate this API key?"}
      closeOnClickOutside={!isDone}
      size="lg"
      centered
    >
      {rotate.data === undefined ? (
        <Stack>
          <Text>
            <strong>{apiKey.name}</strong> will get a new token. Its permissions, limits and expiry will not change.
          </Text>
          <Select
            label="The current token stays valid"
            data={[...OVERLAPS]}
            value={overlap}
            onChange={(choice) => setOverlap(choice ?? overlap)}
            allowDeselect={false}
            withCheckIcon={false}
          />
          {rotate.isError && <ProblemAlert error={rotate.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button onClick={() => rotate.mutate()} loading={rotate.isPending}>
              Rotate key
            </Button>
          </Group>
        </Stack>
      ) : (
        <Stack>
          <Alert color="yellow" title="Copy the token now">
            It is shown only once. Store it in a safe place, such as a password manager.
          </Alert>
          <Copyable value={rotate.data.token} label="the new token" />
          <Group justify="flex-end">
            <Button onClick={onClose}>Done</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
