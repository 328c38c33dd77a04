-- Ids are UUIDv7: their order is the order of acceptance, so lists need no index of their own.
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
    created_at timestamptz not null,
    constraint email_pk primary key (account_id, id),
    constraint email_environment_known check (environment in ('live', 'test')),
    constraint email_status_known check (
        status in (
            'queued', 'scheduled', 'canceled', 'sent', 'delivery_delayed', 'delivered', 'opened',
            'clicked', 'suppressed', 'failed', 'bounced', 'complained')
    )
);

create table email_body (
    account_id uuid not null,
    email_id uuid not null,
    html text,
    text text,
    constraint email_body_pk primary key (account_id, email_id),
    constraint email_body_email_fk foreign key (account_id, email_id)
        references email (account_id, id) on delete cascade
);

create table email_recipient (
    account_id uuid not null,
    email_id uuid not null,
    position smallint not null,
    kind text not null,
    address text not null,
    name text,
    suppressed boolean not null default false,
    constraint email_recipient_pk primary key (account_id, email_id, position),
    constraint email_recipient_kind_known check (kind in ('to', 'cc', 'bcc')),
    constraint email_recipient_email_fk foreign key (account_id, email_id)
        references email (account_id, id) on delete cascade
);

create table email_attachment (
    account_id uuid not null,
    email_id uuid not null,
    position smallint not null,
    filename text not null,
    content_type text not null,
    content_id text,
    content bytea not null,
    constraint email_attachment_pk primary key (account_id, email_id, position),
    constraint email_attachment_email_fk foreign key (account_id, email_id)
        references email (account_id, id) on delete cascade
);

-- The timeline. The id is derived from the event, so the same event cannot be written twice.
create table email_event (
    account_id uuid not null,
    email_id uuid not null,
    id uuid not null,
    type text not null,
    occurred_at timestamptz not null,
    recorded_at timestamptz not null,
    detail jsonb not null,
    constraint email_event_pk primary key (account_id, email_id, id),
    constraint email_event_email_fk foreign key (account_id, email_id)
        references email (account_id, id) on delete cascade
);

create table idempotency_key (
    account_id uuid not null,
    key text not null,
    request_hash bytea not null,
    email_id uuid not null,
    expires_at timestamptz not null,
    constraint idempotency_key_pk primary key (account_id, key),
    constraint idempotency_key_length check (length(key) between 1 and 256)
);

create index idempotency_key_expiry on idempotency_key (expires_at);
