-- Requests by key, hour, endpoint and outcome.
create table key_usage (
    account_id uuid not null,
    key_id uuid not null,
    hour timestamptz not null,
    endpoint text not null,
    outcome text not null,
    -- The name of the problem that refused them; empty where there was none.
    problem text not null,
    requests bigint not null,
    constraint key_usage_pk primary key (account_id, key_id, hour, endpoint, outcome, problem),
    constraint key_usage_outcome_known check (outcome in ('success', 'refused', 'failed'))
);

create index key_usage_hour_index on key_usage (hour);

-- The use of a key, apart from the key: to be used is no change of it.
create table key_use (
    account_id uuid not null,
    key_id uuid not null constraint key_use_key_fk references api_key on delete cascade,
    first_used_at timestamptz not null,
    last_used_at timestamptz not null,
    last_used_ip text,
    refusals_told_at timestamptz,
    constraint key_use_pk primary key (account_id, key_id),
    constraint key_use_ip_short check (length(last_used_ip) <= 45)
);

-- Where a key was used from, as CIDR blocks.
create table key_network (
    account_id uuid not null,
    key_id uuid not null constraint key_network_key_fk references api_key on delete cascade,
    network text not null,
    first_seen_at timestamptz not null,
    last_seen_at timestamptz not null,
    constraint key_network_pk primary key (account_id, key_id, network),
    constraint key_network_short check (length(network) <= 49)
);

-- Requests that were refused for what a key may not do, for as long as a burst can take.
create table key_refusal (
    account_id uuid not null,
    key_id uuid not null,
    minute timestamptz not null,
    requests bigint not null,
    constraint key_refusal_pk primary key (account_id, key_id, minute)
);

create index key_refusal_minute_index on key_refusal (minute);

-- Records of sendex.usage that were counted, so that they count once.
create table usage_record (
    account_id uuid not null,
    id uuid not null,
    taken_at timestamptz not null,
    constraint usage_record_pk primary key (account_id, id)
);

create index usage_record_taken_index on usage_record (taken_at);

-- What was told about a key, once for each time that it is about.
create table key_notice (
    account_id uuid not null,
    key_id uuid not null constraint key_notice_key_fk references api_key on delete cascade,
    notice text not null,
    about timestamptz not null,
    told_at timestamptz not null,
    constraint key_notice_pk primary key (account_id, key_id, notice, about)
);

create index api_key_expiry_index on api_key (expires_at) where revoked_at is null;
