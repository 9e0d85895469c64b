create table import (
  site_id int not null,
  id int generated always as identity,
  at timestamptz(0) not null,
  first_day date not null,
  last_day date not null,
  lines int not null,
  visits int not null,
  views int not null,
  events int not null,
  primary key (site_id, id)
);

comment on table import is 'What was imported into sites, so that it can be taken back. Kept for as long as the site''s totals, or until it is taken back.';
comment on column import.site_id is 'Site that it was imported into.';
comment on column import.id is 'Number of the import: the origin of its visits and totals.';
comment on column import.at is 'When it was imported.';
comment on column import.first_day is 'First day of which it has visits, in the site''s time zone.';
comment on column import.last_day is 'Last day of which it has visits.';
comment on column import.lines is 'How many lines it had that count.';
comment on column import.visits is 'How many visits they made.';
comment on column import.views is 'How many page views are in these.';
comment on column import.events is 'How many custom events are in these.';
