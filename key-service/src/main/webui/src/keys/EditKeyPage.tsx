import { Alert, Button, Group, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "react-router";
import { api } from "../api/client";
import { asProblem } from "../api/problem";
import type { ApiKey, PermissionCatalogue } from "../api/types";
import { QueryResult } from "../shared/QueryResult";
import { focusFirstError } from "../shared/focusFirstError";
import { Page } from "../shared/Page";
import { ProblemAlert } from "../shared/ProblemAlert";
import { draftOf, editOf, type KeyDraft } from "./draft";
import { useCatalogue, useVerifiedDomains } from "./queries";
import { VALIDATORS, KeyFields } from "./KeyFields";

export function EditKeyPage() {
  const { id = "" } = useParams();
  const catalogue = useCatalogue();
  const key = useQuery({
    queryKey: ["api-keys", "one", id],
    queryFn: () => api.get<ApiKey>(`/v1/api-keys/${encodeURIComponent(id)}`),
    refetchOnWindowFocus: false, // the form must not change while it is edited
  });
  return (
    <Page title={key.data === undefined ? "Edit API key" : `Edit ${key.data.name}`}>
      <QueryResult query={key}>
        {(found) => (
          <QueryResult query={catalogue}>
            {(permissions) => (
              <EditKeyForm
                key={found.version}
                apiKey={found}
                catalogue={permissions}
                onReload={() => void key.refetch()}
              />
            )}
          </QueryResult>
        )}
      </QueryResult>
    </Page>
  );
}

interface Props {
  readonly apiKey: ApiKey;
  readonly catalogue: PermissionCatalogue;
  readonly onReload: () => void;
}

function EditKeyForm({ apiKey, catalogue, onReload }: Props) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const domains = useVerifiedDomains();
  const path = `/api-keys/${apiKey.id}`;
  const form = useForm<KeyDraft>({ initialValues: draftOf(apiKey), validate: VALIDATORS });
  const edit = useMutation({
    mutationFn: (draft: KeyDraft) => api.patch<ApiKey>(`/v1${path}`, editOf(draft, new Date()), apiKey.version),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ["api-keys"] });
      await navigate(path);
    },
    onError: (error) => form.setErrors(asProblem(error).fieldMessages),
  });
  const hasConflict = edit.isError && asProblem(edit.error).status === 409;
  return (
    <form onSubmit={form.onSubmit((draft) => edit.mutate(draft), focusFirstError)} noValidate>
      <Stack gap="lg" maw={720}>
        <TextInput label="Name" maxLength={100} required {...form.getInputProps("name")} />
        <KeyFields form={form} catalogue={catalogue} verifiedDomains={domains} canChangeType={false} />
        {hasConflict ? (
          <Alert color="orange" title="Somebody else has changed this key">
            <Stack align="flex-start" gap="xs">
              Your changes were not saved. Reload the key and make them again.
              <Button size="compact-sm" variant="default" onClick={onReload}>
                Reload
              </Button>
            </Stack>
          </Alert>
        ) : (
          edit.isError && <ProblemAlert error={edit.error} />
        )}
        <Group>
          <Button type="submit" loading={edit.isPending}>
            Save
          </Button>
          <Button component={Link} to={path} variant="default">
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
