create table api_token (
  id int generated always as identity primary key,
  secret_hash bytea not null unique,
  site_id int references site on delete cascade,
  scopes text[] not null check (cardinality(scopes) > 0),
  created_on date not null default current_date
);

comment on table api_token is 'Secrets that let a program read figures or send data. Kept until revoked.';
comment on column api_token.id is 'Number of the token, by which it is listed and revoked.';
comment on column api_token.secret_hash is 'SHA-256 of the secret, which has 256 random bits and is shown once.';
comment on column api_token.site_id is 'Site that the token is for; null for all sites.';
comment on column api_token.scopes is 'What the token may be used for: stats.';
comment on column api_token.created_on is 'Day on which the token was made.';
