import { Button, PasswordInput, Stack, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../api/client";
import { asProblem } from "../api/problem";
import { startSession } from "../api/session";
import type { Invited, Session } from "../api/types";
import { QueryResult } from "../shared/QueryResult";
import { ProblemAlert } from "../shared/ProblemAlert";
import { toLabel } from "../shared/label";
import { SignInLayout } from "./SignInLayout";
import { tokenOf } from "./link";

/** The page that an invitation links to. */
export function InvitationPage() {
  const [token] = useState(() => tokenOf(window.location.hash));
  const invited = useQuery({
    queryKey: ["invitation", token],
    queryFn: () => api.post<Invited>("/v1/auth/invitation", { token }),
    staleTime: Infinity,
  });
  return (
    <SignInLayout title="Accept invitation">
      <QueryResult query={invited}>{(invitation) => <AcceptForm token={token} invitation={invitation} />}</QueryResult>
    </SignInLayout>
  );
}

function AcceptForm({ token, invitation }: { token: string; invitation: Invited }) {
  const queryClient = useQueryClient();
  const form = useForm({ mode: "uncontrolled", initialValues: { password: "" } });
  const accept = useMutation({
    mutationFn: ({ password }: typeof form.values) =>
      api.post<Session>("/v1/auth/invitation/accept", { token, password }),
    onSuccess: ({ account }) => startSession(queryClient, account),
    onError: (error) => form.setErrors(asProblem(error).fieldMessages),
  });
  return (
    <form onSubmit={form.onSubmit((values) => accept.mutate(values))}>
      <Stack>
        <Text>
          {invitation.invited_by} has invited you to join <strong>{invitation.account_name}</strong> with the role{" "}
          {toLabel(invitation.role).toLowerCase()}.
        </Text>
        {accept.isError && <ProblemAlert error={accept.error} />}
        <input type="hidden" autoComplete="username" value={invitation.email} readOnly />
        <PasswordInput
          label="Choose a password"
          description="At least 12 characters, for example a few random words"
          autoComplete="new-password"
          required
          autoFocus
          key={form.key("password")}
          {...form.getInputProps("password")}
        />
        <Button type="submit" loading={accept.isPending}>
          Join
        </Button>
      </Stack>
    </form>
  );
}
