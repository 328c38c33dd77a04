/** Requests and responses of the API; see the services' `openapi.yaml`. */

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

export interface CurrentSession {
  readonly role: Role;
  readonly permissions: readonly string[];
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
  readonly allowed_ips: readonly string[];
  readonly allowed_endpoints: readonly string[];
  readonly rate_limit: RateLimit | null;
  readonly sending_limit: SendingLimit | null;
  readonly rate_limit_shared_with: string | null;
  readonly sending_limit_shared_with: string | null;
  readonly version: number;
  readonly hint: string;
  readonly state: KeyState;
  readonly owner_id: string;
  readonly created_by: string;
  readonly created_at: string;
  readonly expires_at: string | null;
  readonly revoked_at: string | null;
  readonly revoked_reason: string | null;
  readonly rotation_ends_at: string | null;
  readonly last_used_at: string | null;
  readonly last_used_ip: string | null;
  readonly usage_status: UsageStatus;
}

export interface IssuedKey extends ApiKey {
  readonly token: string;
}

/** The members of a key that can be changed; `permissions` only if it is scoped. */
export interface EditKey {
  readonly name: string;
  readonly permissions?: readonly string[];
  readonly allowed_domains: readonly string[];
  readonly allowed_ips: readonly string[];
  readonly allowed_endpoints: readonly string[];
  readonly rate_limit: RateLimit | null;
  readonly sending_limit: SendingLimit | null;
  readonly expires_at: string | null;
}

export interface IssueKey extends EditKey {
  readonly type: ApiKey["type"];
  readonly environment: Environment;
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

export type DomainStatus = "not_started" | "pending" | "verified" | "failed";

export interface Domain {
  readonly id: string;
  readonly name: string;
  readonly status: DomainStatus;
  readonly created_at: string;
  readonly records?: readonly DnsRecord[];
  readonly dmarc?: Pick<DnsRecord, "name" | "type" | "value">;
}

export interface DnsRecord {
  readonly record: string;
  readonly name: string;
  readonly type: string;
  readonly value: string;
  readonly status: DomainStatus | "temporary_failure" | "recommended";
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
  readonly ses_message_id: string | null;
  readonly status_reason: string | null;
  readonly recipients: readonly {
    readonly email: string;
    readonly kind: string;
    readonly status: string;
  }[];
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

export type UsageStatus = "never_used" | "active" | "quiet" | "dormant";

export interface RateLimit {
  readonly limit: number;
  readonly window_seconds: number;
}

export interface SendingLimit {
  readonly total: number | null;
  readonly per_day: number | null;
  readonly per_month: number | null;
}

export interface UsageCounts {
  readonly requests: number;
  readonly success: number;
  readonly refused: number;
  readonly failed: number;
}

export interface SeenNetwork {
  readonly network: string;
  readonly first_seen_at: string;
  readonly last_seen_at: string;
}

export interface KeyUsage {
  readonly first_used_at: string | null;
  readonly refused_often_at: string | null;
  readonly networks: readonly SeenNetwork[];
  readonly totals: UsageCounts;
  readonly endpoints: readonly (UsageCounts & { readonly endpoint: string })[];
  readonly refusals: readonly { readonly problem: string | null; readonly requests: number }[];
  /** Per hour or day and endpoint, the oldest first. */
  readonly data: readonly (UsageCounts & { readonly start: string })[];
}

export interface AuditEvent {
  readonly id: string;
  readonly occurred_at: string;
  readonly action: string;
  readonly actor: { readonly type: string; readonly id: string | null };
  readonly ip: string | null;
  readonly target: { readonly type: string; readonly id: string };
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
}

export interface AuditVerification {
  readonly valid: boolean;
  readonly events: number;
  readonly broken: { readonly sequence: number; readonly reason: string } | null;
}

export type Role = "owner" | "admin" | "developer" | "viewer";

export interface Member {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  readonly created_at: string;
  readonly second_factor: boolean;
}

export interface Invitation {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  readonly expires_at: string;
  readonly url?: string;
}

export interface Invited {
  readonly email: string;
  readonly role: Role;
  readonly account_name: string;
  readonly invited_by: string;
}

export interface SessionEntry {
  readonly id: string;
  readonly created_at: string;
  readonly last_used_at: string;
  readonly ip: string | null;
  readonly user_agent: string | null;
  readonly current: boolean;
}

export interface ResetLink {
  readonly url?: string;
}

export interface SecondFactorState {
  readonly enabled: boolean;
  readonly enabled_at: string | null;
  readonly recovery_codes_left: number;
}

export interface StartedSecondFactor {
  /** Base32, to type. */
  readonly secret: string;
  /** The same, to show as a QR code. */
  readonly uri: string;
}

export interface RecoveryCodeList {
  readonly codes: readonly string[];
}
