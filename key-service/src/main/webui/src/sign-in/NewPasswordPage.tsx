import { Anchor, Button, PasswordInput, Stack, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { api } from "../api/client";
import { asProblem } from "../api/problem";
import { ProblemAlert } from "../shared/ProblemAlert";
import { SignInLayout } from "./SignInLayout";
import { tokenOf } from "./link";

/** The page that a password reset link leads to. */
export function NewPasswordPage() {
  const [token] = useState(() => tokenOf(window.location.hash));
  const form = useForm({ mode: "uncontrolled", initialValues: { password: "" } });
  const confirm = useMutation({
    mutationFn: ({ password }: typeof form.values) =>
      api.post("/v1/auth/password-reset/confirm", { token, password }),
    onError: (error) => form.setErrors(asProblem(error).fieldMessages),
  });
  return (
    <SignInLayout title="Set a new password">
      {confirm.isSuccess ? (
        <Text role="status">
          Your password has been changed.{" "}
          <Anchor component={Link} to="/sign-in">
            Sign in
          </Anchor>
        </Text>
      ) : (
        <form onSubmit={form.onSubmit((values) => confirm.mutate(values))}>
          <Stack>
            {confirm.isError && <ProblemAlert error={confirm.error} />}
            <PasswordInput
              label="New password"
              description="At least 12 characters, for example a few random words"
              autoComplete="new-password"
              required
              autoFocus
              key={form.key("password")}
              {...form.getInputProps("password")}
            />
            <Button type="submit" loading={confirm.isPending}>
              Set password
            </Button>
          </Stack>
        </form>
      )}
    </SignInLayout>
  );
}
