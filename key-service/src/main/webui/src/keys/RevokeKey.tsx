import { Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../api/client";
import type { ApiKey } from "../api/types";
import { Confirm } from "../shared/Confirm";

interface Props {
  readonly apiKey: ApiKey | null;
  readonly onClose: () => void;
}

export function RevokeKey({ apiKey, onClose }: Props) {
  const queryClient = useQueryClient();
  const [reason, setReason] = useState("");
  const revoke = useMutation({
    mutationFn: (id: string) =>
      api.delete(`/v1/api-keys/${encodeURIComponent(id)}`, { reason: reason.trim() || undefined }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ["api-keys"] });
      close();
    },
  });

  function close() {
    revoke.reset();
    setReason("");
    onClose();
  }

  return (
    <Confirm
      title="Revoke this API key?"
      action="Revoke key"
      opened={apiKey !== null}
      running={revoke.isPending}
      error={revoke.error}
      onConfirm={() => apiKey !== null && revoke.mutate(apiKey.id)}
      onClose={close}
    >
      <Text>
        Requests with <strong>{apiKey?.name}</strong> will be refused immediately. This cannot be undone.
      </Text>
      <TextInput
        label="Reason"
        description="Optional. It is shown on the key's page."
        maxLength={200}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </Confirm>
  );
}
