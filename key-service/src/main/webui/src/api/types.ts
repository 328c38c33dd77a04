/** What the API answers, member for member; see the services' `openapi.yaml`. */

export interface ListOf<T> {
  readonly object: "list";
  readonly has_more: boolean;
  readonly data: readonly T[];
}

export interface Account {
  readonly id: string;
  readonly name: string;
}

export interface Session {
  readonly user: { readonly id: string; readonly email: string };
  readonly account: Account;
}

export type Environment = "live" | "test";

export type KeyState = "active" | "expiring" | "expired" | "rotating" | "revoked";

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly type: "full_access" | "scoped";
  readonly environment: Environment;
  readonly permissions: readonly string[];
  readonly allowed_domains: readonly string[];
  readonly hint: string;
  readonly state: KeyState;
  readonly created_at: string;
  readonly expires_at: string | null;
  readonly revoked_at: string | null;
  readonly last_used_at?: string | null;
}

export interface IssuedKey extends ApiKey {
  readonly token: string;
}

export interface IssueKey {
  readonly name: string;
  readonly type: ApiKey["type"];
  readonly environment: Environment;
  readonly permissions?: readonly string[];
  readonly allowed_domains: readonly string[];
  readonly expires_at: string | null;
}

export interface Permission {
  readonly name: string;
  readonly description: string;
}

export interface Preset {
  readonly name: string;
  readonly permissions: readonly string[];
}

export interface PermissionCatalogue {
  readonly data: readonly Permission[];
  readonly presets: readonly Preset[];
}

export type DomainStatus = "not_started" | "pending" | "verified" | "failed" | "temporary_failure";

export interface Domain {
  readonly id: string;
  readonly name: string;
  readonly status: DomainStatus;
  readonly created_at: string;
  readonly records?: readonly DnsRecord[];
}

export interface DnsRecord {
  readonly record: string;
  readonly name: string;
  readonly type: string;
  readonly value: string;
  readonly status: DomainStatus | "recommended";
  readonly priority?: number | null;
}

export interface EmailSummary {
  readonly id: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly last_event: string;
  readonly created_at: string;
  readonly scheduled_at: string | null;
}

export interface Email extends EmailSummary {
  readonly cc: readonly string[] | null;
  readonly bcc: readonly string[] | null;
  readonly reply_to: readonly string[] | null;
  readonly html: string | null;
  readonly text: string | null;
  readonly tags: readonly { readonly name: string; readonly value: string }[] | null;
  readonly message_id: string | null;
  readonly status_reason: string | null;
}

export interface EmailEvent {
  readonly id: string;
  readonly type: string;
  readonly created_at: string;
  readonly detail: Readonly<Record<string, unknown>> | null;
}

export interface Webhook {
  readonly id: string;
  readonly endpoint: string;
  readonly events: readonly string[] | null;
  readonly status: string;
  readonly created_at: string;
}

export interface CreatedWebhook {
  readonly id: string;
  readonly signing_secret: string;
}
