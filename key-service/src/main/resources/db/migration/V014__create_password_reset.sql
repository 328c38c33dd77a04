-- Links to a new password, by the hash of their token. At most one counts per member.
create table password_reset (
    member_id uuid constraint password_reset_pk primary key
        constraint password_reset_member_fk references member on delete cascade,
    account_id uuid not null constraint password_reset_account_fk references account,
    token_hash bytea not null constraint password_reset_token_unique unique,
    expires_at timestamptz not null
);
