-- The schema of send-service. Tables are grouped by feature.

-- Domains -------------------------------------------------------------------------------------------------------------

-- A sender domain of an account. Several accounts may add the same domain, but only the first can verify it. They share
-- one SES identity.
create table domain (
    account_id uuid not null,
    id uuid not null,
    name text not null,
    status text not null,
    -- The value of a DNS record, which only this account was given and which proves that it controls the domain.
    challenge text not null,
    challenge_status text not null,
    dkim_tokens text not null,
    dkim_status text not null,
    mail_from_domain text not null,
    mail_from_status text not null,
    region text not null,
    created_at timestamptz not null,
    verified_at timestamptz,
    constraint domain_pk primary key (account_id, id),
    constraint domain_name_unique_in_account unique (account_id, name),
    constraint domain_status_known
        check (status in ('not_started', 'pending', 'verified', 'failed', 'temporary_failure'))
);

create index domain_name on domain (name);
create unique index domain_verified_once on domain (name) where status = 'verified';

-- The SES identities that Sendex has created. It never changes or deletes others, which something else may use.
create table ses_identity (
    name text not null,
    created_at timestamptz not null default now(),
    constraint ses_identity_pk primary key (name)
);

-- Emails --------------------------------------------------------------------------------------------------------------

-- Ids are UUIDv7, which sort by time, so lists need no further index.
create table email (
    account_id uuid not null,
    id uuid not null,
    environment text not null,
    key_id uuid,
    sender text not null,
    sender_name text,
    reply_to text[] not null,
    subject text not null,
    headers jsonb not null,
    tags jsonb not null,
    status text not null,
    status_reason text,
    ses_message_id text,
    -- 'opened' or 'clicked' if one of several recipients did so, since SES does not say which.
    engagement text,
    created_at timestamptz not null,
    constraint email_pk primary key (account_id, id),
    constraint email_environment_known check (environment in ('live', 'test')),
    constraint email_status_known check (
        status in (
            'queued', 'scheduled', 'canceled', 'sent', 'delivery_delayed', 'delivered', 'opened',
            'clicked', 'suppressed', 'failed', 'bounced', 'complained')
    ),
    constraint email_engagement_known check (engagement in ('opened', 'clicked'))
);

create table email_body (
    account_id uuid not null,
    email_id uuid not null,
    html text,
    text text,
    constraint email_body_pk primary key (account_id, email_id)
);

create table email_recipient (
    account_id uuid not null,
    email_id uuid not null,
    position smallint not null,
    kind text not null,
    address text not null,
    name text,
    suppressed boolean not null default false,
    -- What SES reported about this recipient; null if nothing since the email was sent.
    status text,
    constraint email_recipient_pk primary key (account_id, email_id, position),
    constraint email_recipient_kind_known check (kind in ('to', 'cc', 'bcc')),
    constraint email_recipient_status_known check (
        status in (
            'delivery_delayed', 'soft_bounced', 'delivered', 'opened', 'clicked', 'suppressed',
            'failed', 'bounced', 'complained')
    )
);

create table email_attachment (
    account_id uuid not null,
    email_id uuid not null,
    position smallint not null,
    filename text not null,
    content_type text not null,
    content_id text,
    content bytea not null,
    constraint email_attachment_pk primary key (account_id, email_id, position)
);

-- The timeline. The id is derived from the event, so that a repeated event is stored once.
create table email_event (
    account_id uuid not null,
    email_id uuid not null,
    id uuid not null,
    type text not null,
    occurred_at timestamptz not null,
    recorded_at timestamptz not null,
    detail jsonb not null,
    constraint email_event_pk primary key (account_id, email_id, id)
);

-- Test keys and live keys have separate idempotency keys, so that neither gets a response meant for the other.
create table idempotency_key (
    account_id uuid not null,
    environment text not null,
    key text not null,
    request_hash bytea not null,
    email_id uuid not null,
    expires_at timestamptz not null,
    constraint idempotency_key_pk primary key (account_id, environment, key),
    constraint idempotency_key_environment_known check (environment in ('live', 'test')),
    constraint idempotency_key_length check (length(key) between 1 and 256)
);

create index idempotency_key_expiry on idempotency_key (expires_at);

-- Dispatch ------------------------------------------------------------------------------------------------------------

-- The queue: only unfinished emails, so that the table stays small. A row in state 'sending' belongs to its claim until
-- the lease expires. Rows are short-lived and updated several times, hence the storage parameters.
create table dispatch (
    account_id uuid not null,
    email_id uuid not null,
    -- Test emails never reach SES, so its limits do not apply to them.
    environment text not null,
    recipients smallint not null,
    size_bytes integer not null,
    state text not null,
    attempts smallint not null default 0,
    -- Attempts that got no answer, so that SES may have accepted the email. Only these are limited in number; attempts
    -- that SES certainly did not accept are limited by the email's age.
    unanswered smallint not null default 0,
    due_at timestamptz not null,
    claim uuid,
    leased_until timestamptz,
    created_at timestamptz not null,
    constraint dispatch_pk primary key (account_id, email_id),
    constraint dispatch_environment_known check (environment in ('live', 'test')),
    constraint dispatch_state_known check (state in ('waiting', 'sending')),
    constraint dispatch_sending_is_leased check (state = 'waiting' or (claim is not null and leased_until is not null))
) with (
    fillfactor = 50, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 500,
    -- The table is empty for most of the time; plans made then must not outlive the start of a backlog.
    autovacuum_analyze_scale_factor = 0.01, autovacuum_analyze_threshold = 500);

-- For claiming emails account by account.
create index dispatch_account_due on dispatch (environment, account_id, due_at, email_id) where state = 'waiting';
create index dispatch_leased on dispatch (leased_until) where state = 'sending';

-- The token bucket by which all instances share the AWS account's sending rate, in recipients. A single row.
create table send_rate (
    id smallint not null,
    recipients_per_second double precision not null,
    available double precision not null,
    refilled_at timestamptz not null,
    constraint send_rate_pk primary key (id),
    constraint send_rate_single check (id = 1),
    constraint send_rate_positive check (recipients_per_second > 0)
);

-- The rate in the SES sandbox, until the actual rate has been read from SES.
insert into send_rate (id, recipients_per_second, available, refilled_at) values (1, 1, 1, now());

-- Suppressions and contacts -------------------------------------------------------------------------------------------

-- Addresses that an account must no longer send to, in lower case.
create table suppression (
    account_id uuid not null,
    id uuid not null,
    address text not null,
    reason text not null,
    email_id uuid,
    created_at timestamptz not null,
    constraint suppression_pk primary key (account_id, id),
    constraint suppression_address_unique unique (account_id, address),
    constraint suppression_reason_known check (reason in ('bounce', 'complaint', 'manual'))
);

-- Soft bounces of an address since its last delivery. Enough of them suppress the address.
create table soft_bounce (
    account_id uuid not null,
    address text not null,
    email_id uuid not null,
    occurred_at timestamptz not null,
    constraint soft_bounce_pk primary key (account_id, address, email_id)
);

create index soft_bounce_age on soft_bounce (occurred_at);

create table contact (
    account_id uuid not null,
    id uuid not null,
    email text not null,
    first_name text,
    last_name text,
    unsubscribed boolean not null,
    created_at timestamptz not null,
    constraint contact_pk primary key (account_id, id),
    constraint contact_email_unique unique (account_id, email)
);

-- Limits of keys ------------------------------------------------------------------------------------------------------

-- How many requests a key with a rate limit has made in its current window. Unlogged, so that counting needs no fsync;
-- a crash of the database restarts the windows.
create unlogged table key_rate (
    account_id uuid not null,
    key_id uuid not null,
    window_ends_at timestamptz not null,
    used bigint not null,
    constraint key_rate_pk primary key (account_id, key_id)
) with (fillfactor = 50);

-- How many recipients a key with a sending limit has sent to.
create table key_sending (
    account_id uuid not null,
    key_id uuid not null,
    total bigint not null,
    day date not null,
    day_count bigint not null,
    month date not null,
    month_count bigint not null,
    constraint key_sending_pk primary key (account_id, key_id)
) with (fillfactor = 50);

-- Outbox --------------------------------------------------------------------------------------------------------------

create table outbox (
    position bigint generated always as identity constraint outbox_pk primary key,
    topic text not null,
    message_key text not null,
    payload text not null,
    created_at timestamptz not null default now()
);
