-- A test key and a live key may name their requests alike: neither may get the other's answer. The
-- default is for instances of the former version, which do not know the column, during an update.
alter table idempotency_key
    add column environment text not null default 'live',
    add constraint idempotency_key_environment_known check (environment in ('live', 'test'));

-- Records of emails that are gone stay live.
update idempotency_key known set environment = email.environment
from email
where email.account_id = known.account_id and email.id = known.email_id
    and email.environment <> 'live';

alter table idempotency_key
    drop constraint idempotency_key_pk,
    add constraint idempotency_key_pk primary key (account_id, environment, key);
