import { Button, Group, PasswordInput, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { asProblem } from "../api/problem";
import { ProblemAlert } from "../shared/ProblemAlert";
import { CodeInput } from "./CodeInput";

export interface PasswordAndCode {
  readonly password: string;
  readonly code: string;
}

interface Props {
  readonly action: string;
  readonly color: "indigo" | "red";
  readonly running: boolean;
  readonly error: unknown;
  readonly onConfirm: (credentials: PasswordAndCode) => void;
  readonly onCancel: () => void;
}

/** Asks the signed-in user for password and code again. */
export function Reauthentication({ action, color, running, error, onConfirm, onCancel }: Props) {
  const form = useForm({ initialValues: { password: "", code: "" } });
  const problem = error === null ? null : asProblem(error);
  return (
    <form onSubmit={form.onSubmit(onConfirm)}>
      <Stack>
        {problem !== null && <ProblemAlert error={problem} />}
        <PasswordInput
          label="Current password"
          autoComplete="current-password"
          required
          data-autofocus
          {...form.getInputProps("password")}
          error={problem?.fieldMessages["password"]}
        />
        <CodeInput {...form.getInputProps("code")} error={problem?.fieldMessages["code"]} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" color={color} loading={running}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
