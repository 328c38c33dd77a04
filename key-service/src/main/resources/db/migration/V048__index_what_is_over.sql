-- Finds what is to be removed without looking at what stays.
drop index session_expiry_index;
create index session_over_index on session (least(expires_at, ended_at));
create index password_reset_expiry_index on password_reset (expires_at);
