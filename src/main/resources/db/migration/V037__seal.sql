/* Hits without a visit are of sites that recognise nobody. They wait here for their day to be sealed,
   apart from those that the fold takes within hours. */
create table hit_8 partition of hit for values in (8);

comment on column hit.slot is 'Hour of receipt modulo 8: the partition, truncated once it is empty; 8 for hits without a visit.';
comment on column hit.visit is 'Random number of the visit, drawn when the visit began; means this visit alone. 0 where the site recognises nobody.';
comment on column hit.visitor is 'Random number of the visitor, drawn for this site and day; means nothing on any other day. 0 without a visit.';

alter table site add column visits_complete_from date;

comment on column site.visits_complete_from is 'First day of which all visits are still there; null as long as none were deleted.';

create table daily (
  site_id int not null,
  day date not null,
  origin int not null,
  dimension smallint not null,
  part smallint not null check (part in (0, 1)),
  texts text[] not null,
  visitors int[] not null,
  cookieless int[] not null,
  visits int[] not null,
  consented int[] not null,
  views int[] not null,
  actions int[] not null,
  entries int[] not null,
  bounces int[] not null,
  seconds bigint[] not null,
  primary key (site_id, day, origin, dimension, part)
);

comment on table daily is 'Totals of finished days, computed whole from visits. Kept for as long as the site''s profile says (25 months).';
comment on column daily.site_id is 'Site that was visited.';
comment on column daily.day is 'Day in the site''s time zone.';
comment on column daily.origin is 'Where the totals come from: 0 the site''s own traffic.';
comment on column daily.dimension is 'What the values are values of, as a number that the software knows: 0 the day as a whole, 1 pages, and so on.';
comment on column daily.part is '0 for the hundred values with the most page views, 1 for the rest.';
comment on column daily.texts is 'The values; all arrays of a row have the same order.';
comment on column daily.visitors is 'Visitors; null where the site recognises nobody.';
comment on column daily.cookieless is 'Visitors none of whose visits came with a cookie; null likewise.';
comment on column daily.visits is 'Visits; null likewise.';
comment on column daily.consented is 'Visits that came with a cookie; null likewise.';
comment on column daily.views is 'Page views.';
comment on column daily.actions is 'Page views and custom events.';
comment on column daily.entries is 'Visits that were entered there; null likewise.';
comment on column daily.bounces is 'Of those, visits that bounced; null likewise.';
comment on column daily.seconds is 'Seconds of the visits that were entered there; null likewise.';

create table sealed_day (
  site_id int not null,
  day date not null,
  due boolean not null,
  primary key (site_id, day)
);

comment on table sealed_day is 'Days whose totals were computed. Kept as long as the totals.';
comment on column sealed_day.site_id is 'Site that was visited.';
comment on column sealed_day.day is 'Day in the site''s time zone.';
comment on column sealed_day.due is 'True if they are to be computed again: a visit of the day was folded late.';

create table audit (
  site_id int not null,
  id bigint generated always as identity,
  at timestamptz(0) not null default now(),
  actor text not null,
  action text not null,
  what text not null,
  first_day date,
  last_day date,
  rows bigint not null,
  primary key (site_id, id)
);

comment on table audit is 'What was deleted or changed, and when; says nothing about visitors. Kept for as long as the site''s totals.';
comment on column audit.site_id is 'Site it is about; 0 for the installation.';
comment on column audit.id is 'Number of the line.';
comment on column audit.at is 'When it was done.';
comment on column audit.actor is 'Who did it: retention, or the command line.';
comment on column audit.action is 'What was done: delete, redact, seal.';
comment on column audit.what is 'Of which table or setting; never the value.';
comment on column audit.first_day is 'First day concerned; null if it is not about days.';
comment on column audit.last_day is 'Last day concerned; null if it is not about days.';
comment on column audit.rows is 'How many rows.';
