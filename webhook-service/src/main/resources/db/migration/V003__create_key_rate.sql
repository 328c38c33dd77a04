-- How many requests a key with a rate limit has made in its current window. Unlogged: a crash of the
-- database may begin windows anew, and counting costs no fsync.
create unlogged table key_rate (
    account_id uuid not null,
    key_id uuid not null,
    window_ends_at timestamptz not null,
    used bigint not null,
    constraint key_rate_pk primary key (account_id, key_id)
) with (fillfactor = 50);
