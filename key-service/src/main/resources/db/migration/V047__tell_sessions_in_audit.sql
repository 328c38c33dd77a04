-- The session that a member made the change in.
alter table audit_event add column actor_session_id uuid;

-- What other services tell can come when its account is gone, and must not begin a chain of nobody's.
alter table audit_head
    add constraint audit_head_account_fk foreign key (account_id) references account;
