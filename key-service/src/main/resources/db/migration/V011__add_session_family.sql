-- What a session looks like to its owner, and the part of its refresh tokens that stays, by which one that is used up is known.
-- Sessions from before have none and end.
alter table session
    add column family_hash bytea,
    add column last_used_at timestamptz,
    add column ip text,
    add column user_agent text,
    drop constraint session_member_fk,
    add constraint session_member_fk foreign key (member_id) references member on delete cascade;

update session set
    family_hash = refresh_hash,
    last_used_at = created_at,
    ended_at = coalesce(ended_at, now());

alter table session
    alter column family_hash set not null,
    alter column last_used_at set not null,
    drop constraint session_refresh_unique,
    add constraint session_family_unique unique (family_hash);

create index session_expiry_index on session (expires_at);
