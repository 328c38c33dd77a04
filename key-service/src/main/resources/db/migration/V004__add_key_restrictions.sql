-- What a key is bound to besides permissions and domains, whose key it is, and its former token.
alter table api_key
    add column owner_id uuid,
    add column allowed_ips text[] not null default '{}',
    add column allowed_endpoints text[] not null default '{}',
    add column rate_limit bigint,
    add column rate_window_seconds bigint,
    add column sending_total bigint,
    add column sending_per_day bigint,
    add column sending_per_month bigint,
    add column previous_token_mac bytea,
    add column previous_pepper_version integer,
    add column previous_expires_at timestamptz,
    add constraint api_key_rate_whole check ((rate_limit is null) = (rate_window_seconds is null)),
    add constraint api_key_rate_positive check (rate_limit > 0 and rate_window_seconds > 0),
    add constraint api_key_sending_positive
        check (sending_total > 0 and sending_per_day > 0 and sending_per_month > 0),
    add constraint api_key_previous_whole check (
        (previous_token_mac is null) = (previous_pepper_version is null)
        and (previous_token_mac is null) = (previous_expires_at is null));

-- A key belongs to the member who made it; one made by a key, to an owner of the account.
update api_key set owner_id = coalesce(
    (select id from member where member.id::text = api_key.created_by),
    (select id from member
        where member.account_id = api_key.account_id and role = 'owner' order by created_at limit 1));

alter table api_key alter column owner_id set not null;

create index api_key_owner_index on api_key (account_id, owner_id);
-- How many keys hang on a pepper is asked before the pepper is taken away.
create index api_key_pepper_index on api_key (pepper_version) where revoked_at is null;
