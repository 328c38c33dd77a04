-- The schema of key-service. Tables are grouped by feature.

-- Accounts ------------------------------------------------------------------------------------------------------------

create table account (
    id uuid constraint account_pk primary key,
    name text not null,
    created_at timestamptz not null
);

create table member (
    id uuid constraint member_pk primary key,
    account_id uuid not null constraint member_account_fk references account,
    email text not null constraint member_email_unique unique,
    password_hash text not null,
    role text not null,
    created_at timestamptz not null,
    constraint member_role_known check (role in ('owner', 'admin', 'developer', 'viewer'))
);

create index member_account_index on member (account_id);

-- Who is asked to become a member. The token in the link is stored as its hash. A row is deleted when the invitation is
-- accepted, withdrawn, replaced or long expired.
create table invitation (
    id uuid constraint invitation_pk primary key,
    account_id uuid not null constraint invitation_account_fk references account,
    email text not null,
    role text not null,
    token_hash bytea not null constraint invitation_token_unique unique,
    invited_by uuid not null constraint invitation_inviter_fk references member on delete cascade,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    constraint invitation_email_unique unique (account_id, email),
    constraint invitation_role_known check (role in ('owner', 'admin', 'developer', 'viewer'))
);

create index invitation_inviter_index on invitation (invited_by);
create index invitation_expiry_index on invitation (expires_at);

-- Links to a new password, by the hash of their token. At most one is valid per member.
create table password_reset (
    member_id uuid constraint password_reset_pk primary key
        constraint password_reset_member_fk references member on delete cascade,
    account_id uuid not null constraint password_reset_account_fk references account,
    token_hash bytea not null constraint password_reset_token_unique unique,
    expires_at timestamptz not null,
    -- The member who created the link for another one. It is valid for as long as they could still create it.
    made_by uuid constraint password_reset_maker_fk references member on delete cascade
);

create index password_reset_expiry_index on password_reset (expires_at);
create index password_reset_maker_index on password_reset (made_by);

-- Emails to members that wait to be handed to send-service. They may contain one-time links, so a row lives no longer than
-- the link.
create table mail (
    id uuid constraint mail_pk primary key,
    account_id uuid not null constraint mail_account_fk references account,
    recipient text not null,
    subject text not null,
    body text not null,
    expires_at timestamptz not null,
    attempts integer not null default 0,
    due_at timestamptz not null default now()
);

create index mail_due_index on mail (due_at);

-- Signing in ----------------------------------------------------------------------------------------------------------

create table session (
    id uuid constraint session_pk primary key,
    account_id uuid not null constraint session_account_fk references account,
    member_id uuid not null constraint session_member_fk references member on delete cascade,
    -- The part that all refresh tokens of the session share. It identifies the session of a token that was used already.
    family_hash bytea not null constraint session_family_unique unique,
    refresh_hash bytea not null,
    -- The refresh token that was replaced last, and its successor in a form that only its holder can read: a client that
    -- did not get the response, or another tab, continues with the same successor for a short time.
    former_hash bytea,
    masked_next bytea,
    replaced_at timestamptz,
    created_at timestamptz not null,
    last_used_at timestamptz not null,
    ip text,
    user_agent text,
    expires_at timestamptz not null,
    ended_at timestamptz
);

create index session_member_index on session (account_id, member_id);
-- Finds the sessions to delete without reading those that stay.
create index session_over_index on session (least(expires_at, ended_at));

-- The secret that a member shares with an authenticator app, encrypted with a configured key, and the hashes of the
-- recovery codes that replace it. It is required from enabled_at on; before that, it is being set up.
create table second_factor (
    member_id uuid constraint second_factor_pk primary key
        constraint second_factor_member_fk references member on delete cascade,
    account_id uuid not null constraint second_factor_account_fk references account,
    secret bytea not null,
    key_version integer not null,
    started_at timestamptz not null,
    enabled_at timestamptz,
    last_step bigint not null default 0,
    wrong_codes integer not null default 0,
    recovery_hashes text[] not null default '{}'
);

create index second_factor_key_index on second_factor (key_version);

-- How many guesses were made in the current window, by the hash of whose secret is guessed and by that of the client's
-- address. Nobody is signed in then, so there is no account. Unlogged: after a crash of the database windows may start
-- again, and counting costs no fsync.
create unlogged table attempt (
    subject bytea constraint attempt_pk primary key,
    window_ends_at timestamptz not null,
    used integer not null
) with (fillfactor = 50);

create index attempt_window_index on attempt (window_ends_at);

-- Keys ----------------------------------------------------------------------------------------------------------------

create table api_key (
    id uuid constraint api_key_pk primary key,
    account_id uuid not null constraint api_key_account_fk references account,
    -- The member whose key it is.
    owner_id uuid not null,
    name text not null,
    type text not null,
    environment text not null,
    permissions text[] not null,
    allowed_domains text[] not null,
    allowed_ips text[] not null,
    allowed_endpoints text[] not null,
    rate_limit bigint,
    rate_window_seconds bigint,
    -- The key that made this one, if this one uses up the limits of that one.
    rate_shared_with uuid,
    sending_total bigint,
    sending_per_day bigint,
    sending_per_month bigint,
    sending_shared_with uuid,
    hint text not null,
    token_mac bytea not null,
    pepper_version integer not null,
    -- The token before the last rotation, for as long as it is still accepted.
    previous_token_mac bytea,
    previous_pepper_version integer,
    previous_expires_at timestamptz,
    version bigint not null,
    created_at timestamptz not null,
    created_by text not null,
    expires_at timestamptz,
    revoked_at timestamptz,
    revoked_reason text,
    constraint api_key_type_known check (type in ('full_access', 'scoped')),
    constraint api_key_environment_known check (environment in ('live', 'test')),
    constraint api_key_scoped_has_permissions check (type = 'full_access' or cardinality(permissions) > 0),
    constraint api_key_rate_whole check ((rate_limit is null) = (rate_window_seconds is null)),
    constraint api_key_rate_positive check (rate_limit > 0 and rate_window_seconds > 0),
    constraint api_key_sending_positive
        check (sending_total > 0 and sending_per_day > 0 and sending_per_month > 0),
    constraint api_key_previous_whole check (
        (previous_token_mac is null) = (previous_pepper_version is null)
        and (previous_token_mac is null) = (previous_expires_at is null))
);

create index api_key_account_index on api_key (account_id, id desc);
create index api_key_owner_index on api_key (account_id, owner_id);
-- Keys that are not revoked are limited in number, revoked ones are not.
create index api_key_open_index on api_key (account_id, id desc) where revoked_at is null;
create index api_key_expiry_index on api_key (expires_at) where revoked_at is null;
-- Before a pepper is removed, operators ask how many keys use it.
create index api_key_pepper_index on api_key (pepper_version) where revoked_at is null;

-- How many requests a key with a rate limit has made in its current window. Unlogged: after a crash of the database
-- windows may start again, and counting costs no fsync.
create unlogged table key_rate (
    account_id uuid not null,
    key_id uuid not null,
    window_ends_at timestamptz not null,
    used bigint not null,
    constraint key_rate_pk primary key (account_id, key_id)
) with (fillfactor = 50);

-- Introspection -------------------------------------------------------------------------------------------------------

-- Assertions with which services have authenticated, so that each is accepted once. They belong to no account, as the
-- services do.
create table used_client_assertion (
    client_id text not null,
    jti_hash bytea not null,
    expires_at timestamptz not null,
    constraint used_client_assertion_pk primary key (client_id, jti_hash)
);

create index used_client_assertion_expiry_index on used_client_assertion (expires_at);

-- Usage ---------------------------------------------------------------------------------------------------------------

-- Requests by key, hour, endpoint and outcome.
create table key_usage (
    account_id uuid not null,
    key_id uuid not null,
    hour timestamptz not null,
    endpoint text not null,
    outcome text not null,
    -- The name of the problem with which they were refused; empty if there was none.
    problem text not null,
    requests bigint not null,
    constraint key_usage_pk primary key (account_id, key_id, hour, endpoint, outcome, problem),
    constraint key_usage_outcome_known check (outcome in ('success', 'refused', 'failed'))
);

create index key_usage_hour_index on key_usage (hour);

-- The use of a key, apart from the key: using a key does not change it.
create table key_use (
    account_id uuid not null,
    key_id uuid not null constraint key_use_key_fk references api_key on delete cascade,
    first_used_at timestamptz not null,
    last_used_at timestamptz not null,
    last_used_ip text,
    burst_notified_at timestamptz,
    constraint key_use_pk primary key (account_id, key_id),
    constraint key_use_ip_short check (length(last_used_ip) <= 45)
);

-- The networks that a key was used from, as CIDR blocks.
create table key_network (
    account_id uuid not null,
    key_id uuid not null constraint key_network_key_fk references api_key on delete cascade,
    network text not null,
    first_seen_at timestamptz not null,
    last_seen_at timestamptz not null,
    constraint key_network_pk primary key (account_id, key_id, network),
    constraint key_network_short check (length(network) <= 49)
);

-- Requests that were refused because the key lacks a right, for as long as a burst can take.
create table key_refusal (
    account_id uuid not null,
    key_id uuid not null,
    minute timestamptz not null,
    requests bigint not null,
    constraint key_refusal_pk primary key (account_id, key_id, minute)
);

create index key_refusal_minute_index on key_refusal (minute);

-- Records of the topic sendex.usage that were counted, so that each is counted once.
create table usage_record (
    account_id uuid not null,
    id uuid not null,
    recorded_at timestamptz not null,
    constraint usage_record_pk primary key (account_id, id)
);

create index usage_record_recorded_index on usage_record (recorded_at);

-- Alerts about a key that were raised, once for each time that they are about.
create table key_alert (
    account_id uuid not null,
    key_id uuid not null constraint key_alert_key_fk references api_key on delete cascade,
    alert text not null,
    reference_time timestamptz not null,
    notified_at timestamptz not null,
    constraint key_alert_pk primary key (account_id, key_id, alert, reference_time)
);

-- When the next check of all keys is due; one instance does it for all.
create table key_alert_run (
    alert text constraint key_alert_run_pk primary key,
    due_at timestamptz not null
);

insert into key_alert_run (alert, due_at) values ('unused', now());

-- Audit ---------------------------------------------------------------------------------------------------------------

-- Who changed what. Append-only; each row carries the hash of its predecessor.
create table audit_event (
    account_id uuid not null,
    sequence bigint not null,
    id uuid not null,
    occurred_at timestamptz not null,
    action text not null,
    actor_type text not null,
    actor_id uuid,
    -- The session in which a member made the change.
    actor_session_id uuid,
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

-- The log can be filtered by each of these and is never deleted.
create index audit_event_action_index on audit_event (account_id, action, sequence desc);
create index audit_event_actor_index on audit_event (account_id, actor_id, sequence desc);
create index audit_event_target_index on audit_event (account_id, target_id, sequence desc);
create index audit_event_target_type_index on audit_event (account_id, target_type, sequence desc);
create index audit_event_time_index on audit_event (account_id, occurred_at);
create index audit_event_ip_index on audit_event (account_id, (ip::inet), sequence desc);

-- The end of each account's chain; its row is locked while an event is added. Records of other services may arrive after
-- their account is gone; the foreign key keeps them from starting a chain.
create table audit_head (
    account_id uuid constraint audit_head_pk primary key
        constraint audit_head_account_fk references account,
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

-- Outbox --------------------------------------------------------------------------------------------------------------

create table outbox (
    position bigint generated always as identity constraint outbox_pk primary key,
    topic text not null,
    message_key text not null,
    payload text not null,
    created_at timestamptz not null default now()
);
