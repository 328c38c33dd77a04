-- Keys that a key with a limit makes draw from its allowance.
alter table api_key
    add column rate_shared_with uuid,
    add column sending_shared_with uuid;
