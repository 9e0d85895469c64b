create table policy_change (
  site_id int not null references site on delete cascade,
  revision int not null check (revision > 0),
  day date not null,
  words text not null,
  settings jsonb not null,
  primary key (site_id, revision)
);

comment on table policy_change is 'What a site''s privacy policy was made of, one row each time that changed. Kept until the site is deleted.';
comment on column policy_change.site_id is 'Site whose policy it is.';
comment on column policy_change.revision is 'Number of the change within the site, from 1.';
comment on column policy_change.day is 'Day of the change in the site''s time zone.';
comment on column policy_change.words is 'Checksum of the words that the policy was made of, which change with a new version of the program.';
comment on column policy_change.settings is 'The settings that the policy was made of, by name: what the operator says; says nothing of a visitor.';
