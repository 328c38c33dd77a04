-- A sender domain of an account. SES knows a domain once for all accounts: several may try to add one, the
-- first to verify it holds it.
create table domain (
    account_id uuid not null,
    id uuid not null,
    name text not null,
    status text not null,
    dkim_tokens text not null,
    dkim_status text not null,
    mail_from_domain text not null,
    mail_from_status text not null,
    region text not null,
    created_at timestamptz not null,
    verified_at timestamptz,
    constraint domain_pk primary key (account_id, id),
    constraint domain_name_unique_in_account unique (account_id, name),
    constraint domain_status_known
        check (status in ('not_started', 'pending', 'verified', 'failed', 'temporary_failure'))
);

create unique index domain_verified_once on domain (name) where status = 'verified';
