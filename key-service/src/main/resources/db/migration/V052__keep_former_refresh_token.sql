set local lock_timeout = '5s';

-- The refresh token that was replaced last, and its successor as only its holder can read it: a client that
-- did not get the answer, or another tab, goes on with the same successor for a moment.
alter table session
    add column former_hash bytea,
    add column masked_next bytea,
    add column replaced_at timestamptz;
