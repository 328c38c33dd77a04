import { Button, Group, Radio, Select, Stack, TagsInput, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "react-router";
import { api } from "../api/client";
import { asProblem } from "../api/problem";
import type { Environment, IssuedKey, IssueKey, PermissionCatalogue } from "../api/types";
import { ProblemAlert } from "../shared/ProblemAlert";
import { dateFault, EXPIRIES, expiresAt, NEVER, ON_A_DATE } from "./expiry";
import { PermissionPicker } from "./PermissionPicker";

interface Props {
  readonly catalogue: PermissionCatalogue;
  readonly verifiedDomains: readonly string[];
  readonly onIssued: (key: IssuedKey) => void;
}

interface Draft {
  name: string;
  environment: Environment;
  fullAccess: boolean;
  permissions: string[];
  allowed_domains: string[];
  expires_at: string;
  date: string;
}

const EMPTY: Draft = {
  name: "",
  environment: "live",
  fullAccess: false,
  permissions: ["emails:send"],
  allowed_domains: [],
  expires_at: NEVER,
  date: "",
};

export function IssueKeyForm({ catalogue, verifiedDomains, onIssued }: Props) {
  const answers = useQueryClient();
  const form = useForm({
    initialValues: EMPTY,
    validate: {
      name: (name) => (name.trim() === "" ? "Give the key a name" : null),
      permissions: (permissions, draft) =>
        !draft.fullAccess && permissions.length === 0 ? "Choose at least one permission" : null,
      date: (date, draft) => dateFault(draft.expires_at, date, new Date()),
    },
  });
  const issue = useMutation({
    mutationFn: (draft: Draft) => api.post<IssuedKey>("/v1/api-keys", requestOf(draft)),
    onSuccess: (issued) => {
      void answers.invalidateQueries({ queryKey: ["api-keys"] });
      onIssued(issued);
    },
    onError: (error) => form.setErrors(asProblem(error).fieldMessages),
  });
  return (
    <form onSubmit={form.onSubmit((draft) => issue.mutate(draft))} noValidate>
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
            <Radio value="live" label="Live" description="Mail reaches its recipients" />
            <Radio value="test" label="Test" description="Mail is simulated" />
          </Group>
        </Radio.Group>
        <PermissionPicker
          catalogue={catalogue}
          fullAccess={form.values.fullAccess}
          permissions={form.values.permissions}
          error={form.errors["permissions"]}
          onChange={(choice) => form.setValues(choice)}
        />
        <TagsInput
          label="Allowed sender domains"
          description="Such as example.com or *.example.com; none: every verified domain of the account"
          placeholder={form.values.allowed_domains.length === 0 ? "Every verified domain" : ""}
          data={[...verifiedDomains]}
          acceptValueOnBlur
          clearable
          {...form.getInputProps("allowed_domains")}
        />
        <Group align="flex-start">
          <Select
            label="Expires"
            data={EXPIRIES}
            allowDeselect={false}
            withCheckIcon={false}
            {...form.getInputProps("expires_at")}
          />
          {form.values.expires_at === ON_A_DATE && (
            <TextInput label="Date and time" type="datetime-local" required {...form.getInputProps("date")} />
          )}
        </Group>
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
          The key is shown once, after it is created.
        </Text>
      </Stack>
    </form>
  );
}

function requestOf(draft: Draft): IssueKey {
  return {
    name: draft.name.trim(),
    environment: draft.environment,
    ...(draft.fullAccess ? { type: "full_access" } : { type: "scoped", permissions: draft.permissions }),
    allowed_domains: draft.allowed_domains,
    expires_at: expiresAt(draft.expires_at, draft.date, new Date()),
  };
}
