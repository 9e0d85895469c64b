alter table daily
  add column revenue numeric[],
  add column paid int[];

alter table monthly
  add column revenue numeric[],
  add column paid int[];

comment on column daily.revenue is 'Of goals, what reaching them was worth, in the goal''s currency.';
comment on column daily.paid is 'How many steps were worth something.';
comment on column monthly.revenue is 'Of goals, what reaching them was worth, in the goal''s currency.';
comment on column monthly.paid is 'How many steps were worth something.';

comment on column daily.beyond_visitors is 'Of a head, the most visitors that a value of the rest has; null without a rest.';
comment on column daily.beyond_visits is 'Likewise the most visits.';
comment on column daily.beyond_views is 'Likewise the most page views.';
comment on column monthly.beyond_visitors is 'Of a head, the most visitors that a value of the rest has; null without a rest.';
comment on column monthly.beyond_visits is 'Likewise the most visits.';
comment on column monthly.beyond_views is 'Likewise the most page views.';

/* Versions alone, goals and properties are kept of days from now on. */
update sealed_day set due = true
from site
where site.id = site_id and day >= coalesce(visits_complete_from, '-infinity'::date);
