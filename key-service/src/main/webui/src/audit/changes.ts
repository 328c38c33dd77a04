import type { AuditEvent } from "../api/types";
import { toLabel } from "../shared/label";

export interface Change {
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** `api_key.rotation_ended` as a label: `API key: rotation ended`. */
export function actionOf(action: string): string {
  const [thing = action, done] = action.split(".", 2);
  return done === undefined ? toLabel(thing) : `${toLabel(thing)}: ${toLabel(done).toLowerCase()}`;
}

/** The values that differ between before and after. */
export function changesOf({ before, after }: Pick<AuditEvent, "before" | "after">): Change[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...names]
    .map((name) => ({ name, before: textOf(before?.[name]), after: textOf(after?.[name]) }))
    .filter((change) => change.before !== change.after);
}

function textOf(value: unknown): string | null {
  if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) {
    return null;
  }
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) {
    return value.join(", ");
  }
  return typeof value === "string" ? value : JSON.stringify(value);
}
