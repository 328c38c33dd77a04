set local lock_timeout = '5s';

-- Test emails do not reach SES and wait for none of its limits; a default so that no row is rewritten.
alter table dispatch add column environment text not null default 'live';
update dispatch d set environment = 'test'
from email e
where e.account_id = d.account_id and e.id = d.email_id and e.environment = 'test';
alter table dispatch alter column environment drop default;
alter table dispatch add constraint dispatch_environment_known check (environment in ('live', 'test'));

-- Claims go from account to account.
drop index dispatch_due;
create index dispatch_account_due on dispatch (environment, account_id, due_at, email_id)
    where state = 'waiting';
