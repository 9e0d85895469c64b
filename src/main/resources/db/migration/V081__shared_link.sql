create table shared_link (
  id int generated always as identity primary key,
  secret_hash bytea not null unique,
  site_id int not null references site on delete cascade,
  name text not null,
  password_hash text,
  filters jsonb not null,
  frames text[] not null,
  created_by text not null,
  created_on date not null,
  expires_on date,
  used_on date,
  unique (site_id, name)
);

comment on table shared_link is 'Secret addresses at which anybody who knows one sees rounded figures of a site. Kept until removed or, once expired, for 30 days.';
comment on column shared_link.id is 'Number of the link, by which it is listed and removed.';
comment on column shared_link.secret_hash is 'SHA-256 of the secret in the address, which has 256 random bits and is shown once.';
comment on column shared_link.site_id is 'Site whose figures it shows.';
comment on column shared_link.name is 'What its owner calls it.';
comment on column shared_link.password_hash is 'Argon2id of the password that is asked for, with its parameters and salt; null without one.';
comment on column shared_link.filters is 'Segment of the visits that are counted, as filters of a query; empty if all are.';
comment on column shared_link.frames is 'Origins whose pages may show it in a frame; * for any; empty for none.';
comment on column shared_link.created_by is 'Who made it: account N with its role, token N, or the command line.';
comment on column shared_link.created_on is 'Day (UTC) on which it was made.';
comment on column shared_link.expires_on is 'First day (UTC) on which it opens nothing any more; null for never.';
comment on column shared_link.used_on is 'Day (UTC) on which it was last used; null if never.';

create table opened_link (
  secret_hash bytea primary key,
  link_id int not null references shared_link on delete cascade,
  expires_at timestamptz(0) not null
);

create index opened_link_link on opened_link (link_id);

comment on table opened_link is 'Browsers in which the password of a shared link was given. Kept for twelve hours.';
comment on column opened_link.secret_hash is 'SHA-256 of the secret in the cookie, which has 256 random bits.';
comment on column opened_link.link_id is 'Shared link that is open.';
comment on column opened_link.expires_at is 'When the password is asked for again.';
