import { Modal, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client";
import { BothProofs, type PasswordAndCode } from "./BothProofs";
import { SECOND_FACTOR } from "./codes";

export function TurnOffSecondFactor({ onClose }: { onClose: () => void }) {
  const answers = useQueryClient();
  const turnOff = useMutation({
    mutationFn: (proofs: PasswordAndCode) => api.post("/v1/auth/second-factor/disable", proofs),
    onSuccess: async () => {
      await answers.invalidateQueries({ queryKey: SECOND_FACTOR });
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
        <BothProofs
          action="Disable"
          color="red"
          running={turnOff.isPending}
          error={turnOff.error}
          onProve={(proofs) => turnOff.mutate(proofs)}
          onCancel={onClose}
        />
      </Stack>
    </Modal>
  );
}
