import { Alert, Button, Checkbox, Group, Modal, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client";
import { asProblem } from "../api/problem";
import type { CreatedWebhook } from "../api/types";
import { Copyable } from "../shared/Copy";
import { ProblemAlert } from "../shared/ProblemAlert";

/** What can become of an email. */
const EVENTS = [
  "email.sent",
  "email.delivered",
  "email.delivery_delayed",
  "email.bounced",
  "email.suppressed",
  "email.complained",
  "email.failed",
  "email.opened",
  "email.clicked",
];

export function AddWebhook({ onClose }: { onClose: () => void }) {
  const answers = useQueryClient();
  const form = useForm({
    initialValues: { endpoint: "", events: EVENTS },
    validate: { events: (events) => (events.length === 0 ? "Choose at least one event" : null) },
  });
  const add = useMutation({
    mutationFn: (webhook: typeof form.values) => api.post<CreatedWebhook>("/v1/webhooks", webhook),
    onSuccess: () => answers.invalidateQueries({ queryKey: ["webhooks"] }),
    onError: (error) => form.setErrors(asProblem(error).fieldMessages),
  });
  const created = add.data !== undefined;
  return (
    <Modal
      opened
      onClose={onClose}
      title={created ? "The webhook is there" : "Add a webhook"}
      closeOnClickOutside={!created}
      size="lg"
      centered
    >
      {add.data !== undefined ? (
        <Stack>
          <Alert color="yellow" title="Copy its signing secret">
            With it you check that a request is really from here. Keep it where you keep passwords.
          </Alert>
          <Copyable value={add.data.signing_secret} label="the signing secret" />
          <Group justify="flex-end">
            <Button onClick={onClose}>Done</Button>
          </Group>
        </Stack>
      ) : (
        <form onSubmit={form.onSubmit((webhook) => add.mutate(webhook))}>
          <Stack>
            {add.isError && <ProblemAlert error={add.error} />}
            <TextInput
              label="Address"
              description="Each event is posted here"
              type="url"
              placeholder="https://example.com/webhooks/sendex"
              required
              data-autofocus
              {...form.getInputProps("endpoint")}
            />
            <Checkbox.Group label="Events" {...form.getInputProps("events")}>
              <SimpleGrid cols={{ base: 1, xs: 2 }} mt="xs" spacing="xs">
                {EVENTS.map((event) => (
                  <Checkbox key={event} value={event} label={event} />
                ))}
              </SimpleGrid>
            </Checkbox.Group>
            <Group justify="flex-end">
              <Button type="submit" loading={add.isPending}>
                Add
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
