create table contact (
    account_id uuid not null,
    id uuid not null,
    email text not null,
    first_name text,
    last_name text,
    unsubscribed boolean not null,
    created_at timestamptz not null,
    constraint contact_pk primary key (account_id, id),
    constraint contact_email_unique unique (account_id, email)
);
