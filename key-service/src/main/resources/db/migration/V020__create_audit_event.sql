-- What was changed by whom: append-only, each row carrying the hash of its predecessor.
create table audit_event (
    account_id uuid not null,
    sequence bigint not null,
    id uuid not null,
    occurred_at timestamptz not null,
    action text not null,
    actor_type text not null,
    actor_id uuid,
    ip text,
    target_type text not null,
    target_id uuid not null,
    before text,
    after text,
    previous_hash bytea not null,
    hash bytea not null,
    constraint audit_event_pk primary key (account_id, sequence),
    constraint audit_event_id_unique unique (account_id, id)
);

create index audit_event_action_index on audit_event (account_id, action, sequence desc);
create index audit_event_actor_index on audit_event (account_id, actor_id, sequence desc);
create index audit_event_target_index on audit_event (account_id, target_id, sequence desc);

-- Where each account's chain ends; its row is locked while an event is added.
create table audit_head (
    account_id uuid constraint audit_head_pk primary key,
    sequence bigint not null,
    hash bytea not null
);

create function refuse_audit_change() returns trigger language plpgsql as $$
begin
    raise exception 'audit events are append-only' using errcode = 'restrict_violation';
end
$$;

create trigger audit_event_append_only before update or delete on audit_event
    for each row execute function refuse_audit_change();
create trigger audit_event_never_truncated before truncate on audit_event
    for each statement execute function refuse_audit_change();
