import { Badge } from "@mantine/core";
import { toLabel } from "./label";

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

/** A status as the API names it. A status that is not listed here is gray. */
export function StatusBadge({ status }: { status: string }) {
  return (
    <Badge variant="dot" color={COLORS[status] ?? "gray"} tt="none" fw={500} miw="max-content">
      {toLabel(status)}
    </Badge>
  );
}
