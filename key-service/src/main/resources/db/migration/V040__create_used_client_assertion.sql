-- Assertions with which services have proved themselves, so that none counts twice. They belong to no account: services do not either.
create table used_client_assertion (
    client_id text not null,
    jti_hash bytea not null,
    expires_at timestamptz not null,
    constraint used_client_assertion_pk primary key (client_id, jti_hash)
);

create index used_client_assertion_expiry_index on used_client_assertion (expires_at);
