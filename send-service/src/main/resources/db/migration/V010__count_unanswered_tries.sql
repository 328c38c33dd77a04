-- Tries of which nobody knows whether SES took the email. They alone are bounded by their number; an outage
-- of SES, in which it certainly took nothing, is not.
alter table dispatch add column unanswered smallint not null default 0;
