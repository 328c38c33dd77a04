-- Who is asked to become a member. The token in the link is stored as its hash; a row goes when the invitation is accepted,
-- withdrawn, replaced or long expired.
create table invitation (
    id uuid constraint invitation_pk primary key,
    account_id uuid not null constraint invitation_account_fk references account,
    email text not null,
    role text not null,
    token_hash bytea not null constraint invitation_token_unique unique,
    invited_by uuid not null constraint invitation_inviter_fk references member on delete cascade,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    constraint invitation_email_unique unique (account_id, email),
    constraint invitation_role_known check (role in ('owner', 'admin', 'developer', 'viewer'))
);

create index invitation_inviter_index on invitation (invited_by);
create index invitation_expiry_index on invitation (expires_at);
