create table cleaned (
  site_id int not null,
  day date not null,
  kind text not null,
  count bigint not null check (count > 0),
  primary key (site_id, day, kind)
);

comment on table cleaned is 'What was left out of beacons because it could have led back to a person, by kind; never what it was. Kept for as long as the site''s totals.';
comment on column cleaned.site_id is 'Site that the beacons named.';
comment on column cleaned.day is 'Day of receipt in the site''s time zone.';
comment on column cleaned.kind is 'Kind, as in the header Sporlos-Cleaned.';
comment on column cleaned.count is 'How many were left out, of beacons that were counted.';

comment on column page.path is 'Path of the page, cleaned; of query and fragment only what the site says is part of its pages.';
