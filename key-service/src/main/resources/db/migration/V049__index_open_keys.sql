-- An account's keys that are not revoked, of which there is a limit, apart from those that are, of which there is none.
create index api_key_open_index on api_key (account_id, id desc) where revoked_at is null;
