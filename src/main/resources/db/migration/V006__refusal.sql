create table refusal (
  site_id int not null,
  day date not null,
  reason text not null,
  detail text not null default '',
  count bigint not null check (count > 0),
  primary key (site_id, day, reason, detail)
);

comment on table refusal is 'Beacons that were not counted, by reason. Kept for as long as the site''s totals.';
comment on column refusal.site_id is 'Site that the beacon named; 0 for the installation, where it named none that is known.';
comment on column refusal.day is 'Day of receipt in the site''s time zone; in UTC for the installation.';
comment on column refusal.reason is 'Why they were not counted, as in the header Sporlos-Ignored.';
comment on column refusal.detail is 'Name from a list that is shipped, such as a kind of bot; empty where there is none.';
comment on column refusal.count is 'Number of beacons.';
