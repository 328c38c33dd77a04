import { Anchor, Button, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useLocation } from "react-router";
import { api } from "../api/client";
import { asProblem } from "../api/problem";
import { startSession } from "../api/session";
import type { Session } from "../api/types";
import { CodeInput } from "../sessions/CodeInput";
import { ProblemAlert } from "../shared/ProblemAlert";
import { SignInLayout } from "./SignInLayout";

interface Credentials {
  readonly email: string;
  readonly password: string;
}

export function SignInPage() {
  const [credentials, setCredentials] = useState<Credentials | null>(null);
  return (
    <SignInLayout title="Sign in">
      {credentials === null ? (
        <PasswordForm onCodeRequired={setCredentials} />
      ) : (
        <CodeForm credentials={credentials} onBack={() => setCredentials(null)} />
      )}
    </SignInLayout>
  );
}

function useSignIn() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (credentials: Credentials & { code?: string }) => api.post<Session>("/v1/auth/sign-in", credentials),
    onSuccess: ({ account }) => startSession(queryClient, account),
  });
}

/** @param onCodeRequired is called when email and password are correct and a code is required */
function PasswordForm({ onCodeRequired }: { onCodeRequired: (credentials: Credentials) => void }) {
  const { state } = useLocation();
  const form = useForm({ mode: "uncontrolled", initialValues: { email: "", password: "" } });
  const signIn = useSignIn();

  function submit(credentials: Credentials) {
    signIn.mutate(credentials, {
      onError: (error) => {
        const problem = asProblem(error);
        form.setErrors(problem.fieldMessages);
        if (problem.codeRequired) {
          onCodeRequired(credentials);
        }
      },
    });
  }

  return (
    <>
      <form onSubmit={form.onSubmit(submit)}>
        <Stack>
          {signIn.isError && <ProblemAlert error={signIn.error} />}
          <TextInput
            label="Email"
            type="email"
            autoComplete="username"
            required
            autoFocus
            key={form.key("email")}
            {...form.getInputProps("email")}
          />
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            required
            key={form.key("password")}
            {...form.getInputProps("password")}
          />
          <Anchor component={Link} to="/lost-password" size="sm">
            Forgot your password?
          </Anchor>
          <Button type="submit" loading={signIn.isPending}>
            Sign in
          </Button>
        </Stack>
      </form>
      <Text size="sm" ta="center">
        New here?{" "}
        <Anchor component={Link} to="/sign-up" state={state}>
          Create an account
        </Anchor>
      </Text>
    </>
  );
}

function CodeForm({ credentials, onBack }: { credentials: Credentials; onBack: () => void }) {
  const form = useForm({ initialValues: { code: "" } });
  const signIn = useSignIn();
  return (
    <>
      <form onSubmit={form.onSubmit(({ code }) => signIn.mutate({ ...credentials, code }))}>
        <Stack>
          <Text style={{ overflowWrap: "anywhere" }}>
            Enter a code to sign in as <strong>{credentials.email}</strong>.
          </Text>
          {signIn.isError && <ProblemAlert error={signIn.error} />}
          <CodeInput autoFocus {...form.getInputProps("code")} />
          <Button type="submit" loading={signIn.isPending}>
            Sign in
          </Button>
        </Stack>
      </form>
      <Text size="sm" c="dimmed">
        Lost your phone and your recovery codes? An owner or admin of your account can disable two-factor authentication
        for you.
      </Text>
      <Anchor component="button" type="button" onClick={onBack} size="sm" ta="center">
        Back
      </Anchor>
    </>
  );
}
