import type { ApiKey, EditKey, Environment, IssueKey } from "../api/types";
import { expiresAt, NEVER, ON_A_DATE } from "./expiry";

/** The value of a number field: the empty string if there is none. */
export type Amount = number | "";

/** The values of the key form. */
export interface KeyDraft {
  name: string;
  environment: Environment;
  fullAccess: boolean;
  permissions: string[];
  allowed_domains: string[];
  allowed_ips: string[];
  allowed_endpoints: string[];
  rate_limit: Amount;
  rate_window: string;
  sending_total: Amount;
  sending_per_day: Amount;
  sending_per_month: Amount;
  expires_at: string;
  date: string;
}

export const EMPTY: KeyDraft = {
  name: "",
  environment: "live",
  fullAccess: false,
  permissions: ["emails:send"],
  allowed_domains: [],
  allowed_ips: [],
  allowed_endpoints: [],
  rate_limit: "",
  rate_window: "60",
  sending_total: "",
  sending_per_day: "",
  sending_per_month: "",
  expires_at: NEVER,
  date: "",
};

/** The windows of a rate limit to choose from, in seconds. */
export const WINDOWS: readonly { value: string; label: string }[] = [
  { value: "1", label: "second" },
  { value: "60", label: "minute" },
  { value: "3600", label: "hour" },
  { value: "86400", label: "day" },
];

/** The form values of an existing key. */
export function draftOf(key: ApiKey): KeyDraft {
  return {
    name: key.name,
    environment: key.environment,
    fullAccess: key.type === "full_access",
    permissions: [...key.permissions],
    allowed_domains: [...key.allowed_domains],
    allowed_ips: [...key.allowed_ips],
    allowed_endpoints: [...key.allowed_endpoints],
    rate_limit: key.rate_limit?.limit ?? "",
    rate_window: String(key.rate_limit?.window_seconds ?? 60),
    sending_total: key.sending_limit?.total ?? "",
    sending_per_day: key.sending_limit?.per_day ?? "",
    sending_per_month: key.sending_limit?.per_month ?? "",
    expires_at: key.expires_at === null ? NEVER : ON_A_DATE,
    date: key.expires_at === null ? "" : localDateTime(new Date(key.expires_at)),
  };
}

export function editOf(draft: KeyDraft, now: Date): EditKey {
  const amounts = [draft.sending_total, draft.sending_per_day, draft.sending_per_month];
  return {
    name: draft.name.trim(),
    ...(draft.fullAccess ? {} : { permissions: draft.permissions }),
    allowed_domains: draft.allowed_domains,
    allowed_ips: draft.allowed_ips,
    allowed_endpoints: draft.allowed_endpoints,
    rate_limit:
      draft.rate_limit === "" ? null : { limit: draft.rate_limit, window_seconds: Number(draft.rate_window) },
    sending_limit: amounts.every((amount) => amount === "")
      ? null
      : {
          total: orNull(draft.sending_total),
          per_day: orNull(draft.sending_per_day),
          per_month: orNull(draft.sending_per_month),
        },
    expires_at: expiresAt(draft.expires_at, draft.date, now),
  };
}

export function issueOf(draft: KeyDraft, now: Date): IssueKey {
  return {
    ...editOf(draft, now),
    type: draft.fullAccess ? "full_access" : "scoped",
    environment: draft.environment,
  };
}

/** The label of a window: `minute`, `90 seconds`. */
export function windowName(seconds: number): string {
  return WINDOWS.find(({ value }) => value === String(seconds))?.label ?? `${seconds} seconds`;
}

function orNull(amount: Amount): number | null {
  return amount === "" ? null : amount;
}

/** The format of `<input type="datetime-local">`, with milliseconds so that saving a key does not change its expiry. */
function localDateTime(moment: Date): string {
  const local = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 23);
}
