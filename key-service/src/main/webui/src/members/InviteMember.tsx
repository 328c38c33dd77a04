import { Button, Group, Modal, Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client";
import { asProblem } from "../api/problem";
import type { Invitation } from "../api/types";
import { ProblemAlert } from "../shared/ProblemAlert";
import { LinkDialog } from "./LinkDialog";
import { ROLES } from "./roles";

export function InviteMember({ onClose }: { onClose: () => void }) {
  const queryClient = useQueryClient();
  const form = useForm({ initialValues: { email: "", role: "developer" } });
  const invite = useMutation({
    mutationFn: (request: typeof form.values) => api.post<Invitation>("/v1/invitations", request),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["invitations"] }),
    onError: (error) => form.setErrors(asProblem(error).fieldMessages),
  });
  if (invite.data !== undefined) {
    return (
      <LinkDialog title="Invitation created" recipient={invite.data.email} url={invite.data.url} onClose={onClose} />
    );
  }
  return (
    <Modal opened onClose={onClose} title="Invite member" centered>
      <form onSubmit={form.onSubmit((request) => invite.mutate(request))}>
        <Stack>
          {invite.isError && <ProblemAlert error={invite.error} />}
          <TextInput label="Email" type="email" required data-autofocus {...form.getInputProps("email")} />
          <Select
            label="Role"
            description="Developers can do everything except rename the account or manage members. Viewers can only read."
            data={ROLES}
            allowDeselect={false}
            {...form.getInputProps("role")}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={invite.isPending}>
              Send invitation
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
