import { Code, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client";
import type { Webhook } from "../api/types";
import { Confirm } from "../shared/Confirm";

interface Props {
  readonly webhook: Webhook | null;
  readonly onClose: () => void;
}

export function DeleteWebhook({ webhook, onClose }: Props) {
  const queryClient = useQueryClient();
  const remove = useMutation({
    mutationFn: (id: string) => api.delete(`/v1/webhooks/${encodeURIComponent(id)}`),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ["webhooks"] });
      close();
    },
  });

  function close() {
    remove.reset();
    onClose();
  }

  return (
    <Confirm
      title="Delete this webhook?"
      action="Delete webhook"
      opened={webhook !== null}
      running={remove.isPending}
      error={remove.error}
      onConfirm={() => webhook !== null && remove.mutate(webhook.id)}
      onClose={close}
    >
      <Text>
        No more events will be sent to <Code style={{ overflowWrap: "anywhere" }}>{webhook?.endpoint}</Code>. Pending
        retries will be cancelled.
      </Text>
    </Confirm>
  );
}
