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

create table session (
    id uuid constraint session_pk primary key,
    account_id uuid not null constraint session_account_fk references account,
    member_id uuid not null constraint session_member_fk references member,
    refresh_hash bytea not null constraint session_refresh_unique unique,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    ended_at timestamptz
);

create index session_member_index on session (account_id, member_id);
