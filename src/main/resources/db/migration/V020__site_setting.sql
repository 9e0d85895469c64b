create table site_setting (
  site_id int not null references site on delete cascade,
  name text not null check (length(name) between 1 and 100),
  value text not null check (length(value) between 1 and 20000),
  primary key (site_id, name)
);

comment on table site_setting is 'What the operator says about a site, one row for each setting that is not its default. Kept until the setting is taken back or the site is deleted.';
comment on column site_setting.site_id is 'Site that the setting is of.';
comment on column site_setting.name is 'Name of the setting, as `sporlos site show` lists them.';
comment on column site_setting.value is 'Value as the operator wrote it; says nothing of a visitor.';
