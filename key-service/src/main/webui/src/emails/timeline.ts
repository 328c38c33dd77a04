import type { EmailEvent } from "../api/types";

export interface TimelineEntry {
  readonly id: string;
  /** The status that the event means: `delivered` for `email.delivered`. */
  readonly status: string;
  readonly at: string;
  readonly details: readonly (readonly [name: string, value: string])[];
}

/** The events of an email, oldest first, in whatever order they arrived. */
export function timeline(events: readonly EmailEvent[]): TimelineEntry[] {
  return events
    .toSorted((one, other) => one.created_at.localeCompare(other.created_at) || one.id.localeCompare(other.id))
    .map(({ id, type, created_at, detail }) => ({
      id,
      status: type.replace(/^email\./, ""),
      at: created_at,
      details: Object.entries(detail ?? {}).flatMap(([name, value]) => {
        const text = readable(value);
        return text === "" ? [] : [[name, text] as const];
      }),
    }));
}

function readable(value: unknown): string {
  if (value === null || value === undefined) {
    return "";
  }
  if (Array.isArray(value)) {
    return value.map(readable).filter(Boolean).join(", ");
  }
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
