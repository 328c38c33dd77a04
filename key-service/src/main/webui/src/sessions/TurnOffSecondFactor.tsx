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
    <Modal opened onClose={onClose} title="Turn the second factor off?" centered>
      <Stack>
        <Text>Your password alone signs you in then. The app’s entry and your recovery codes are good for nothing.</Text>
        <BothProofs
          action="Turn it off"
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
