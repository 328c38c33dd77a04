import { Badge } from "@mantine/core";
import { words } from "./words";

const COLORS: Readonly<Record<string, string>> = {
  active: "teal",
  enabled: "teal",
  verified: "teal",
  delivered: "teal",
  opened: "teal",
  clicked: "teal",
  live: "indigo",
  sent: "blue",
  pending: "yellow",
  not_started: "yellow",
  expiring: "yellow",
  rotating: "yellow",
  temporary_failure: "orange",
  delivery_delayed: "orange",
  failed: "red",
  bounced: "red",
  complained: "red",
  suppressed: "red",
};

/** A state in the API's own word for it; what the dashboard does not know yet is shown in gray. */
export function StatusBadge({ status }: { status: string }) {
  return (
    <Badge variant="dot" color={COLORS[status] ?? "gray"} tt="none" fw={500} miw="max-content">
      {words(status)}
    </Badge>
  );
}
