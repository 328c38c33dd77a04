-- How many recipients a key with a sending limit has sent to.
create table key_sending (
    account_id uuid not null,
    key_id uuid not null,
    total bigint not null,
    day date not null,
    day_count bigint not null,
    month date not null,
    month_count bigint not null,
    constraint key_sending_pk primary key (account_id, key_id)
) with (fillfactor = 50);
