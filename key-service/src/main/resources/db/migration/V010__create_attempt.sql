-- How often somebody tried to guess something within the present window: by the hash of whose secret it is, and by that of the
-- client's address. Nobody is signed in then, so there is no account. Unlogged: a crash of the database may begin windows anew,
-- and counting costs no fsync.
create unlogged table attempt (
    subject bytea constraint attempt_pk primary key,
    window_ends_at timestamptz not null,
    used integer not null
) with (fillfactor = 50);

create index attempt_window_index on attempt (window_ends_at);
