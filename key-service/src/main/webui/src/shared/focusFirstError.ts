import type { FormEvent } from "react";

/** Moves the focus to the first invalid field, which may be out of view in a long form. */
export function focusFirstError(_errors: unknown, _values: unknown, event?: FormEvent<HTMLFormElement>) {
  const form = event?.currentTarget;
  requestAnimationFrame(() => form?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
}
