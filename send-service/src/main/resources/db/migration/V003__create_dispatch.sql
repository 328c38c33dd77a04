-- Emails that are not finished, and nothing else: the table stays small whatever the traffic. 'sending'
-- rows belong to the claim whose number they carry until the lease ends.
create table dispatch (
    account_id uuid not null,
    email_id uuid not null,
    recipients smallint not null,
    size_bytes integer not null,
    state text not null,
    attempts smallint not null default 0,
    due_at timestamptz not null,
    claim uuid,
    leased_until timestamptz,
    created_at timestamptz not null,
    constraint dispatch_pk primary key (account_id, email_id),
    constraint dispatch_state_known check (state in ('waiting', 'sending')),
    constraint dispatch_sending_is_leased check (state = 'waiting' or (claim is not null and leased_until is not null)),
    constraint dispatch_email_fk foreign key (account_id, email_id)
        references email (account_id, id) on delete cascade
);

create index dispatch_due on dispatch (due_at, email_id) where state = 'waiting';
create index dispatch_leased on dispatch (leased_until) where state = 'sending';

-- Every row is rewritten several times in its short life.
alter table dispatch set (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 500);

-- The token bucket in which all instances share the SES account's sending rate, in recipients. One row.
create table send_rate (
    id smallint not null,
    recipients_per_second double precision not null,
    available double precision not null,
    refilled_at timestamptz not null,
    constraint send_rate_pk primary key (id),
    constraint send_rate_single check (id = 1),
    constraint send_rate_positive check (recipients_per_second > 0)
);

-- SES's rate for accounts in its sandbox; the real one replaces it as soon as SES has told it.
insert into send_rate (id, recipients_per_second, available, refilled_at) values (1, 1, 1, now());
