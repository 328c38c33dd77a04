import { Modal, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client";
import type { RecoveryCodeList } from "../api/types";
import { Reauthentication, type PasswordAndCode } from "./Reauthentication";
import { RecoveryCodes } from "./RecoveryCodes";
import { SECOND_FACTOR } from "./codes";

export function RenewRecoveryCodes({ onClose }: { onClose: () => void }) {
  const queryClient = useQueryClient();
  const renew = useMutation({
    mutationFn: (credentials: PasswordAndCode) =>
      api.post<RecoveryCodeList>("/v1/auth/second-factor/recovery-codes", credentials),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: SECOND_FACTOR }),
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title="New recovery codes"
      centered
      closeOnClickOutside={!renew.isSuccess}
      closeOnEscape={!renew.isSuccess}
    >
      {renew.isSuccess ? (
        <RecoveryCodes codes={renew.data.codes} onDone={onClose} />
      ) : (
        <Stack>
          <Text>Your current recovery codes will stop working.</Text>
          <Reauthentication
            action="Generate codes"
            color="indigo"
            running={renew.isPending}
            error={renew.error}
            onConfirm={(credentials) => renew.mutate(credentials)}
            onCancel={onClose}
          />
        </Stack>
      )}
    </Modal>
  );
}
