import { Button, Code, CopyButton, Group } from "@mantine/core";

interface Props {
  readonly value: string;
  /** What is copied, for screen readers. */
  readonly label: string;
}

export function Copy({ value, label }: Props) {
  return (
    <CopyButton value={value} timeout={2_000}>
      {({ copied, copy }) => (
        <Button
          size="compact-xs"
          variant={copied ? "filled" : "default"}
          color="teal"
          onClick={copy}
          aria-label={copied ? `Copied ${label}` : `Copy ${label}`}
          flex="none"
        >
          {copied ? "Copied" : "Copy"}
        </Button>
      )}
    </CopyButton>
  );
}

/** A value with a button that copies it. */
export function Copyable({ value, label }: Props) {
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <Code style={{ overflowWrap: "anywhere", whiteSpace: "pre-wrap" }}>{value}</Code>
      <Copy value={value} label={label} />
    </Group>
  );
}
