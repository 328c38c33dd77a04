-- Mails to people that wait to be handed to send-service. They may hold one-time links, so a row lives no longer than the link.
create table mail (
    id uuid constraint mail_pk primary key,
    account_id uuid not null constraint mail_account_fk references account,
    recipient text not null,
    subject text not null,
    body text not null,
    expires_at timestamptz not null,
    attempts integer not null default 0,
    due_at timestamptz not null default now()
);

create index mail_due_index on mail (due_at);
