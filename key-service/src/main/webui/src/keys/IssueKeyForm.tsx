import { Button, Group, Radio, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "react-router";
import { api } from "../api/client";
import { asProblem } from "../api/problem";
import type { IssuedKey, PermissionCatalogue } from "../api/types";
import { focusFirstError } from "../shared/focusFirstError";
import { ProblemAlert } from "../shared/ProblemAlert";
import { EMPTY, issueOf, type KeyDraft } from "./draft";
import { VALIDATORS, KeyFields } from "./KeyFields";

interface Props {
  readonly catalogue: PermissionCatalogue;
  readonly verifiedDomains: readonly string[];
  readonly onIssued: (key: IssuedKey) => void;
}

export function IssueKeyForm({ catalogue, verifiedDomains, onIssued }: Props) {
  const queryClient = useQueryClient();
  const form = useForm<KeyDraft>({ initialValues: EMPTY, validate: VALIDATORS });
  const issue = useMutation({
    mutationFn: (draft: KeyDraft) => api.post<IssuedKey>("/v1/api-keys", issueOf(draft, new Date())),
    onSuccess: (issued) => {
      void queryClient.invalidateQueries({ queryKey: ["api-keys"] });
      onIssued(issued);
    },
    onError: (error) => form.setErrors(asProblem(error).fieldMessages),
  });
  return (
    <form onSubmit={form.onSubmit((draft) => issue.mutate(draft), focusFirstError)} noValidate>
      <Stack gap="lg" maw={720}>
        <TextInput
          label="Name"
          description="Who or what uses this key"
          placeholder="Order confirmations"
          maxLength={100}
          required
          autoFocus
          {...form.getInputProps("name")}
        />
        <Radio.Group label="Environment" {...form.getInputProps("environment")}>
          <Group mt="xs" gap="xl">
            <Radio value="live" label="Live" description="Emails are delivered" />
            <Radio value="test" label="Test" description="Emails are never delivered" />
          </Group>
        </Radio.Group>
        <KeyFields form={form} catalogue={catalogue} verifiedDomains={verifiedDomains} canChangeType />
        {issue.isError && <ProblemAlert error={issue.error} />}
        <Group>
          <Button type="submit" loading={issue.isPending}>
            Create key
          </Button>
          <Button component={Link} to="/api-keys" variant="default">
            Cancel
          </Button>
        </Group>
        <Text size="sm" c="dimmed">
          The token is shown only once, after the key is created.
        </Text>
      </Stack>
    </form>
  );
}
