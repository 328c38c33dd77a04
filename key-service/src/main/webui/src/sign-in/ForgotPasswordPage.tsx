import { Anchor, Button, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { Link } from "react-router";
import { api } from "../api/client";
import { asProblem } from "../api/problem";
import { ProblemAlert } from "../shared/ProblemAlert";
import { SignInLayout } from "./SignInLayout";

export function ForgotPasswordPage() {
  const form = useForm({ mode: "uncontrolled", initialValues: { email: "" } });
  const request = useMutation({
    mutationFn: (who: typeof form.values) => api.post("/v1/auth/password-reset", who),
    onError: (error) => form.setErrors(asProblem(error).fieldMessages),
  });
  return (
    <SignInLayout title="Reset password">
      {request.isSuccess ? (
        <Text role="status">
          If {request.variables.email} belongs to an account, a password reset link has been sent to it. The link is
          valid for one hour.
        </Text>
      ) : (
        <form onSubmit={form.onSubmit((who) => request.mutate(who))}>
          <Stack>
            {request.isError && <ProblemAlert error={request.error} />}
            <TextInput
              label="Email"
              type="email"
              autoComplete="username"
              required
              autoFocus
              key={form.key("email")}
              {...form.getInputProps("email")}
            />
            <Button type="submit" loading={request.isPending}>
              Send reset link
            </Button>
          </Stack>
        </form>
      )}
      <Anchor component={Link} to="/sign-in" size="sm" ta="center">
        Back to sign-in
      </Anchor>
    </SignInLayout>
  );
}
