create table outbox (
    position bigint generated always as identity constraint outbox_pk primary key,
    topic text not null,
    message_key text not null,
    payload text not null,
    created_at timestamptz not null default now()
);
