-- The schema of webhook-service. Tables are grouped by feature.

-- Endpoints -----------------------------------------------------------------------------------------------------------

create table webhook_endpoint (
    id uuid constraint webhook_endpoint_pk primary key,
    account_id uuid not null,
    url text not null,
    event_types text[] not null,
    status text not null,
    encrypted_secret bytea not null,
    created_at timestamptz not null,
    -- The time since which every attempt has failed.
    failing_since timestamptz,
    -- The number of consecutive failed attempts.
    failures integer not null default 0,
    -- Deliveries are paused until this time, after several consecutive failures.
    paused_until timestamptz,
    constraint webhook_endpoint_status_known check (status in ('enabled', 'disabled')),
    constraint webhook_endpoint_wants_something check (cardinality(event_types) > 0)
);

create index webhook_endpoint_account_index on webhook_endpoint (account_id, id desc);

-- Deliveries ----------------------------------------------------------------------------------------------------------

create table event (
    account_id uuid not null,
    id uuid not null,
    type text not null,
    -- The exact bytes that are sent, since they are signed.
    body text not null,
    created_at timestamptz not null,
    constraint event_pk primary key (account_id, id)
);

create table delivery (
    account_id uuid not null,
    endpoint_id uuid not null constraint delivery_endpoint_fk references webhook_endpoint on delete cascade,
    event_id uuid not null,
    status text not null,
    attempts integer not null default 0,
    created_at timestamptz not null default now(),
    constraint delivery_pk primary key (account_id, endpoint_id, event_id),
    constraint delivery_event_fk foreign key (account_id, event_id) references event,
    constraint delivery_status_known check (status in ('pending', 'delivered', 'failed'))
);

create index delivery_endpoint_index on delivery (endpoint_id);
create index delivery_event_index on delivery (account_id, event_id);

-- The queue: unfinished deliveries only. A claimed row is due again when its lease expires.
create table due_delivery (
    account_id uuid not null,
    endpoint_id uuid not null constraint due_delivery_endpoint_fk references webhook_endpoint on delete cascade,
    event_id uuid not null,
    attempt integer not null default 0,
    due_at timestamptz not null default now(),
    constraint due_delivery_pk primary key (endpoint_id, event_id)
);

create index due_delivery_due_index on due_delivery (endpoint_id, due_at);

create table attempt (
    account_id uuid not null,
    endpoint_id uuid not null constraint attempt_endpoint_fk references webhook_endpoint on delete cascade,
    event_id uuid not null,
    number integer not null,
    started_at timestamptz not null,
    latency_ms integer not null,
    status integer,
    response text,
    error text,
    constraint attempt_pk primary key (account_id, endpoint_id, event_id, number)
);

create index attempt_endpoint_index on attempt (endpoint_id);

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

-- Outbox --------------------------------------------------------------------------------------------------------------

create table outbox (
    position bigint generated always as identity constraint outbox_pk primary key,
    topic text not null,
    message_key text not null,
    payload text not null,
    created_at timestamptz not null default now()
);
