-- The authenticator app that a member shares a secret with, encrypted under a configured key, and the hashes of the recovery codes
-- that stand in for it. It counts from enabled_at on; before, it is being set up.
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
