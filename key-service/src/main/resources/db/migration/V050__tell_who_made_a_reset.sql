-- A link that a member was given by another one counts as long as that one could still give it.
alter table password_reset
    add column made_by uuid constraint password_reset_maker_fk references member on delete cascade;

create index password_reset_maker_index on password_reset (made_by);
