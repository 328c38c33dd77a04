import { TextInput, type TextInputProps } from "@mantine/core";

/** For six digits of an app, or a recovery code. */
export function CodeInput(props: TextInputProps) {
  return (
    <TextInput
      label="Code"
      description="What your authenticator app shows, or a recovery code"
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={64}
      required
      {...props}
    />
  );
}
