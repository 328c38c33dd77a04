set local lock_timeout = '5s';

-- When which notices are due that take a look at all keys: one instance takes it, for all.
create table key_notice_run (
    notice text constraint key_notice_run_pk primary key,
    due_at timestamptz not null
);

insert into key_notice_run (notice, due_at) values ('unused', now());

-- The log is read by what was changed, too.
create index audit_event_target_type_index on audit_event (account_id, target_type, sequence desc);
