import { Button, Code, Group, Modal, PasswordInput, Skeleton, Stack, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { api } from "../api/client";
import { asProblem } from "../api/problem";
import type { RecoveryCodeList, StartedSecondFactor } from "../api/types";
import { Copy } from "../shared/Copy";
import { ProblemAlert } from "../shared/ProblemAlert";
import { CodeInput } from "./CodeInput";
import { RecoveryCodes } from "./RecoveryCodes";
import { inGroups, SECOND_FACTOR } from "./codes";

const QrCode = lazy(() => import("./QrCode"));

/** Sets up an authenticator app in steps: password, secret and first code, recovery codes. */
export function EnableSecondFactor({ onClose }: { onClose: () => void }) {
  const queryClient = useQueryClient();
  const start = useMutation({
    mutationFn: (password: string) => api.post<StartedSecondFactor>("/v1/auth/second-factor", { password }),
  });
  const confirm = useMutation({
    mutationFn: (code: string) => api.post<RecoveryCodeList>("/v1/auth/second-factor/confirm", { code }),
  });

  /** Only now, because it removes this dialog and the recovery codes in it. */
  function finish() {
    void queryClient.invalidateQueries({ queryKey: SECOND_FACTOR });
    onClose();
  }

  return (
    <Modal
      opened
      onClose={confirm.isSuccess ? finish : onClose}
      title="Enable two-factor authentication"
      centered
      closeOnClickOutside={!start.isSuccess}
      closeOnEscape={!confirm.isSuccess}
    >
      {confirm.isSuccess ? (
        <RecoveryCodes codes={confirm.data.codes} onDone={finish} />
      ) : start.isSuccess ? (
        <SetUp
          setup={start.data}
          running={confirm.isPending}
          error={confirm.error}
          onConfirm={(code) => confirm.mutate(code)}
          onCancel={onClose}
        />
      ) : (
        <AskPassword
          running={start.isPending}
          error={start.error}
          onContinue={(password) => start.mutate(password)}
          onCancel={onClose}
        />
      )}
    </Modal>
  );
}

interface StepProps {
  readonly running: boolean;
  readonly error: unknown;
  readonly onCancel: () => void;
}

function AskPassword({ running, error, onCancel, onContinue }: StepProps & { onContinue: (password: string) => void }) {
  const form = useForm({ initialValues: { password: "" } });
  const problem = error === null ? null : asProblem(error);
  return (
    <form onSubmit={form.onSubmit(({ password }) => onContinue(password))}>
      <Stack>
        <Text>
          You need an authenticator app, such as Aegis, 2FAS or Google Authenticator, or a password manager that
          generates codes.
        </Text>
        {problem !== null && <ProblemAlert error={problem} />}
        <PasswordInput
          label="Current password"
          autoComplete="current-password"
          required
          data-autofocus
          {...form.getInputProps("password")}
          error={problem?.fieldMessages["password"]}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={running}>
            Continue
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface SetUpProps extends StepProps {
  readonly setup: StartedSecondFactor;
  readonly onConfirm: (code: string) => void;
}

function SetUp({ setup, running, error, onCancel, onConfirm }: SetUpProps) {
  const form = useForm({ initialValues: { code: "" } });
  const problem = error === null ? null : asProblem(error);
  return (
    <form onSubmit={form.onSubmit(({ code }) => onConfirm(code))}>
      <Stack>
        <Text>Scan the QR code with your authenticator app, or enter the key in it.</Text>
        <Suspense fallback={<Skeleton w={220} h={220} mx="auto" />}>
          <QrCode value={setup.uri} title="QR code for your authenticator app" />
        </Suspense>
        <Group gap="xs" wrap="nowrap" justify="center">
          <Code>{inGroups(setup.secret)}</Code>
          <Copy value={setup.secret} label="the key" />
        </Group>
        {problem !== null && <ProblemAlert error={problem} />}
        <CodeInput
          description="The six-digit code that the app shows"
          inputMode="numeric"
          autoFocus
          {...form.getInputProps("code")}
          error={problem?.fieldMessages["code"]}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={running}>
            Enable
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
