import { Modal, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client";
import { Reauthentication, type PasswordAndCode } from "./Reauthentication";
import { SECOND_FACTOR } from "./codes";

export function DisableSecondFactor({ onClose }: { onClose: () => void }) {
  const queryClient = useQueryClient();
  const disable = useMutation({
    mutationFn: (credentials: PasswordAndCode) => api.post("/v1/auth/second-factor/disable", credentials),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: SECOND_FACTOR });
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title="Disable two-factor authentication?" centered>
      <Stack>
        <Text>
          You will sign in with your password only. The entry in your authenticator app and your recovery codes will stop
          working.
        </Text>
        <Reauthentication
          action="Disable"
          color="red"
          running={disable.isPending}
          error={disable.error}
          onConfirm={(credentials) => disable.mutate(credentials)}
          onCancel={onClose}
        />
      </Stack>
    </Modal>
  );
}
