alter table api_token
  add column name text not null default '',
  add column hourly int not null default 600 check (hourly > 0),
  add column expires_on date,
  add column used_on date;

comment on column api_token.name is 'What its holder calls the token.';
comment on column api_token.hourly is 'How many requests it may make an hour.';
comment on column api_token.expires_on is 'First day (UTC) on which it opens nothing any more; null for never.';
comment on column api_token.used_on is 'Day (UTC) on which it was last used; null if never.';
comment on table api_token is 'Secrets that let a program read figures or send data. Kept until revoked or, once expired, for 30 days.';
comment on column audit.actor is 'Who did it: retention, the command line, account N with its role there, or token N.';
comment on column audit.action is 'What was done, as in delete, seal, change, sign in.';
