create table webhook_endpoint (
    id uuid constraint webhook_endpoint_pk primary key,
    account_id uuid not null,
    url text not null,
    event_types text[] not null,
    status text not null,
    sealed_secret bytea not null,
    created_at timestamptz not null,
    -- Since when every attempt has failed.
    failing_since timestamptz,
    -- How many attempts in a row have failed.
    failures integer not null default 0,
    -- Until when nothing is sent there, after failures in a row.
    paused_until timestamptz,
    constraint webhook_endpoint_status_known check (status in ('enabled', 'disabled')),
    constraint webhook_endpoint_wants_something check (cardinality(event_types) > 0)
);

create index webhook_endpoint_account_index on webhook_endpoint (account_id, id desc);
