import { Anchor, Button, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useLocation } from "react-router";
import { api } from "../api/client";
import { asProblem } from "../api/problem";
import { enter } from "../api/session";
import type { Session } from "../api/types";
import { ProblemAlert } from "../shared/ProblemAlert";
import { Entrance } from "./Entrance";

export function SignInPage() {
  const answers = useQueryClient();
  const { state } = useLocation();
  const form = useForm({ mode: "uncontrolled", initialValues: { email: "", password: "" } });
  const signIn = useMutation({
    mutationFn: (credentials: typeof form.values) => api.post<Session>("/v1/auth/sign-in", credentials),
    onSuccess: ({ account }) => enter(answers, account),
    onError: (error) => form.setErrors(asProblem(error).fieldMessages),
  });
  return (
    <Entrance title="Sign in">
      <form onSubmit={form.onSubmit((credentials) => signIn.mutate(credentials))}>
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
            Lost your password?
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
    </Entrance>
  );
}
