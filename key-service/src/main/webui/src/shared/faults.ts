import type { FormEvent } from "react";

/** Takes people to the first field that is wrong: in a long form it is out of sight of the button. */
export function showFirstFault(_errors: unknown, _values: unknown, event?: FormEvent<HTMLFormElement>) {
  const form = event?.currentTarget;
  requestAnimationFrame(() => form?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
}
