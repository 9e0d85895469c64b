create table site (
  id int generated always as identity primary key,
  domain text not null unique
    check (domain = lower(domain) and length(domain) between 1 and 253),
  timezone text not null,
  profile text not null default 'dk'
    check (profile in ('dk', 'cnil', 'uk', 'strict')),
  demo boolean not null default false,
  created_on date not null default current_date
);

comment on table site is 'A website whose visits are counted. Kept until the site is deleted.';
comment on column site.id is 'Number of the site, the first column of every key that belongs to one.';
comment on column site.domain is 'Name of the site as its snippet says it (data-site), in lower case.';
comment on column site.timezone is 'IANA time zone in which the site''s days and hours are counted.';
comment on column site.profile is 'The named set of privacy settings that the site starts from.';
comment on column site.demo is 'True if the site''s figures are made up by the demo command.';
comment on column site.created_on is 'Day on which the site was registered, for the owner''s orientation.';
