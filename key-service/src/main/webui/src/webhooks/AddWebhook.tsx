import { Alert, Button, Checkbox, Group, Modal, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../api/client";
import { asProblem } from "../api/problem";
import type { CreatedWebhook, ListOf } from "../api/types";
import { QueryResult } from "../shared/QueryResult";
import { Copyable } from "../shared/Copy";
import { ProblemAlert } from "../shared/ProblemAlert";

export function AddWebhook({ onClose }: { onClose: () => void }) {
  const [created, setCreated] = useState<CreatedWebhook | null>(null);
  const types = useQuery({
    queryKey: ["webhook-event-types"],
    queryFn: () => api.get<ListOf<string>>("/v1/webhook-event-types"),
    staleTime: Infinity,
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={created === null ? "Add webhook" : "Webhook added"}
      closeOnClickOutside={created === null}
      size="lg"
      centered
    >
      {created === null ? (
        <QueryResult query={types}>{({ data }) => <WebhookForm types={data} onCreated={setCreated} />}</QueryResult>
      ) : (
        <SigningSecret secret={created.signing_secret} onClose={onClose} />
      )}
    </Modal>
  );
}

interface FormProps {
  readonly types: readonly string[];
  readonly onCreated: (webhook: CreatedWebhook) => void;
}

function WebhookForm({ types, onCreated }: FormProps) {
  const queryClient = useQueryClient();
  const form = useForm({
    initialValues: { endpoint: "", events: [...types] },
    validate: { events: (events) => (events.length === 0 ? "Choose at least one event" : null) },
  });
  const add = useMutation({
    mutationFn: (webhook: typeof form.values) => api.post<CreatedWebhook>("/v1/webhooks", webhook),
    onSuccess: (webhook) => {
      void queryClient.invalidateQueries({ queryKey: ["webhooks"] });
      onCreated(webhook);
    },
    onError: (error) => form.setErrors(asProblem(error).fieldMessages),
  });
  return (
    <form onSubmit={form.onSubmit((webhook) => add.mutate(webhook))}>
      <Stack>
        {add.isError && <ProblemAlert error={add.error} />}
        <TextInput
          label="Endpoint URL"
          description="Events are sent to this URL"
          type="url"
          placeholder="https://example.com/webhooks/sendex"
          required
          data-autofocus
          {...form.getInputProps("endpoint")}
        />
        <Checkbox.Group label="Events" {...form.getInputProps("events")}>
          <SimpleGrid cols={{ base: 1, xs: 2 }} mt="xs" spacing="xs">
            {types.map((type) => (
              <Checkbox key={type} value={type} label={type} />
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
  );
}

function SigningSecret({ secret, onClose }: { secret: string; onClose: () => void }) {
  return (
    <Stack>
      <Alert color="yellow" title="Copy the signing secret">
        Use it to verify that requests come from Sendex. Store it in a safe place, such as a password manager.
      </Alert>
      <Copyable value={secret} label="the signing secret" />
      <Group justify="flex-end">
        <Button onClick={onClose}>Done</Button>
      </Group>
    </Stack>
  );
}
