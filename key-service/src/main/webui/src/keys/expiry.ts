const DAY = 86_400_000;

export const NEVER = "never";
export const ON_A_DATE = "date";

/** The lifetimes to choose from; the numbers are days. */
export const EXPIRIES: readonly { value: string; label: string }[] = [
  { value: NEVER, label: "Never" },
  { value: "1", label: "In 1 day" },
  { value: "7", label: "In 7 days" },
  { value: "30", label: "In 30 days" },
  { value: "90", label: "In 90 days" },
  { value: "365", label: "In 365 days" },
  { value: ON_A_DATE, label: "On a date…" },
];

/**
 * The time at which the key expires, or null if never.
 *
 * @param date local date and time, in the format of `<input type="datetime-local">`
 */
export function expiresAt(choice: string, date: string, now: Date): string | null {
  if (choice === NEVER) {
    return null;
  }
  return choice === ON_A_DATE
    ? new Date(date).toISOString()
    : new Date(now.getTime() + Number(choice) * DAY).toISOString();
}

/** The error to show at the date field, if any. */
export function dateError(choice: string, date: string, now: Date): string | null {
  if (choice !== ON_A_DATE) {
    return null;
  }
  const instant = new Date(date);
  if (Number.isNaN(instant.getTime())) {
    return "Choose a date and time";
  }
  return instant <= now ? "Choose a time in the future" : null;
}
