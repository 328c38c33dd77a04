import { Anchor, Button, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useLocation } from "react-router";
import { api } from "../api/client";
import { asProblem } from "../api/problem";
import { startSession } from "../api/session";
import type { Session } from "../api/types";
import { ProblemAlert } from "../shared/ProblemAlert";
import { SignInLayout } from "./SignInLayout";

export function SignUpPage() {
  const queryClient = useQueryClient();
  const { state } = useLocation();
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { account_name: "", email: "", password: "" },
  });
  const signUp = useMutation({
    mutationFn: (account: typeof form.values) => api.post<Session>("/v1/auth/sign-up", account),
    onSuccess: ({ account }) => startSession(queryClient, account),
    onError: (error) => form.setErrors(asProblem(error).fieldMessages),
  });
  return (
    <SignInLayout title="Create an account">
      <form onSubmit={form.onSubmit((account) => signUp.mutate(account))}>
        <Stack>
          {signUp.isError && <ProblemAlert error={signUp.error} />}
          <TextInput
            label="Account name"
            description="The name of your company or project"
            autoComplete="organization"
            maxLength={100}
            required
            autoFocus
            key={form.key("account_name")}
            {...form.getInputProps("account_name")}
          />
          <TextInput
            label="Email"
            type="email"
            autoComplete="username"
            required
            key={form.key("email")}
            {...form.getInputProps("email")}
          />
          <PasswordInput
            label="Password"
            description="At least 12 characters, for example a few random words"
            autoComplete="new-password"
            required
            key={form.key("password")}
            {...form.getInputProps("password")}
          />
          <Button type="submit" loading={signUp.isPending}>
            Create account
          </Button>
        </Stack>
      </form>
      <Text size="sm" ta="center">
        Already have an account?{" "}
        <Anchor component={Link} to="/sign-in" state={state}>
          Sign in
        </Anchor>
      </Text>
    </SignInLayout>
  );
}
