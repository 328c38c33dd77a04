create table api_key (
    id uuid constraint api_key_pk primary key,
    account_id uuid not null constraint api_key_account_fk references account,
    name text not null,
    type text not null,
    environment text not null,
    permissions text[] not null,
    allowed_domains text[] not null,
    hint text not null,
    token_mac bytea not null,
    pepper_version integer not null,
    version bigint not null,
    created_at timestamptz not null,
    created_by text not null,
    expires_at timestamptz,
    revoked_at timestamptz,
    revoked_reason text,
    constraint api_key_type_known check (type in ('full_access', 'scoped')),
    constraint api_key_environment_known check (environment in ('live', 'test')),
    constraint api_key_scoped_has_permissions check (type = 'full_access' or cardinality(permissions) > 0)
);

create index api_key_account_index on api_key (account_id, id desc);
