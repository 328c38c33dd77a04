-- The log is read by time and by address, too, and grows for ever.
create index audit_event_time_index on audit_event (account_id, occurred_at);
create index audit_event_ip_index on audit_event (account_id, (ip::inet), sequence desc);
