set local lock_timeout = '5s';

-- A domain belongs to an account that has set in its DNS what only this account was given. Domains that are
-- verified already are taken as proven.
alter table domain add column challenge text not null default replace(gen_random_uuid()::text, '-', '');
alter table domain add column challenge_status text not null default 'not_started';
update domain set challenge_status = 'verified' where status = 'verified';
-- The defaults stay: instances of the former version add domains while an update is under way.

create index domain_name on domain (name);

-- The identities of SES that Sendex has made. It changes and deletes no others: they serve something else.
create table ses_identity (
    name text not null,
    created_at timestamptz not null default now(),
    constraint ses_identity_pk primary key (name)
);

insert into ses_identity (name) select distinct name from domain;
