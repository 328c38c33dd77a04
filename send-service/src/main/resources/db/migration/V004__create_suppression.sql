-- Addresses that an account must not write to any more. The address is in lower case.
create table suppression (
    account_id uuid not null,
    id uuid not null,
    address text not null,
    reason text not null,
    email_id uuid,
    created_at timestamptz not null,
    constraint suppression_pk primary key (account_id, id),
    constraint suppression_address_unique unique (account_id, address),
    constraint suppression_reason_known check (reason in ('bounce', 'complaint', 'manual'))
);
