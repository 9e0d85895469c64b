/* Totals of all figures, and of months. An array that would hold zeros alone is null, as one that is
   not known. */
alter table daily
  alter column visitors drop not null,
  alter column cookieless drop not null,
  alter column visits drop not null,
  alter column consented drop not null,
  alter column views drop not null,
  alter column actions drop not null,
  alter column entries drop not null,
  alter column bounces drop not null,
  alter column seconds drop not null,
  add column exits int[],
  add column engaged bigint[],
  add column timed int[],
  add column scroll bigint[],
  add column scrolled int[],
  add column beyond_visitors int,
  add column beyond_visits int,
  add column beyond_views int;

create table monthly (
  like daily including comments including constraints,
  primary key (site_id, day, origin, dimension, part)
);

alter table monthly rename column day to month;

comment on table daily is 'Totals of finished days, computed whole from visits. Kept for as long as the site''s profile says (25 months).';
comment on table monthly is 'Totals of finished months, the sums of their days. Kept as long as the totals of the month''s first day.';
comment on column monthly.month is 'First day of the month.';

do $$
declare
  total text;
begin
  foreach total in array array['daily', 'monthly'] loop
    execute format($f$
      comment on column %1$I.site_id is 'Site that was visited.';
      comment on column %1$I.origin is 'Where the totals come from: 0 the site''s own traffic, else the number of an import.';
      comment on column %1$I.dimension is 'What the values are values of, as a number that the software knows: 0 the whole, 1 pages, and so on.';
      comment on column %1$I.part is '0 for the head: the values with the most page views and those with the most visitors; 1 for the rest.';
      comment on column %1$I.texts is 'The values; all arrays of a row have the same order. An array of figures is null if all are 0, or none is known.';
      comment on column %1$I.visitors is 'Visitors of each day, added up; not known where the site recognises nobody.';
      comment on column %1$I.cookieless is 'Of the whole alone, visitors none of whose visits came with a cookie; not known likewise.';
      comment on column %1$I.visits is 'Visits; not known likewise.';
      comment on column %1$I.consented is 'Visits that came with a cookie; not known likewise.';
      comment on column %1$I.views is 'Page views.';
      comment on column %1$I.actions is 'Page views and custom events.';
      comment on column %1$I.entries is 'Of pages and hosts, visits that began there; of other values these are all visits.';
      comment on column %1$I.exits is 'Of pages and hosts, visits that ended there.';
      comment on column %1$I.bounces is 'Visits that began there and bounced.';
      comment on column %1$I.seconds is 'Seconds of the visits that began there.';
      comment on column %1$I.engaged is 'Of pages and hosts, seconds for which they were looked at.';
      comment on column %1$I.timed is 'What these seconds are averaged over: visits that viewed the page, or its views where nobody is recognised.';
      comment on column %1$I.scroll is 'Of pages and hosts, deepest scroll in percent, added up over visitors.';
      comment on column %1$I.scrolled is 'How many went into that sum.';
      comment on column %1$I.beyond_visitors is 'Of a head, the most visitors that a value of the rest has; null for the rest.';
      comment on column %1$I.beyond_visits is 'Likewise the most visits.';
      comment on column %1$I.beyond_views is 'Likewise the most page views.'$f$, total);
  end loop;
end
$$;

create table sealed_month (
  site_id int not null,
  month date not null,
  primary key (site_id, month)
);

comment on table sealed_month is 'Months whose totals are the sums of those of their days as these are now. Kept as long as the totals.';
comment on column sealed_month.site_id is 'Site that was visited.';
comment on column sealed_month.month is 'First day of the month.';

/* They have less than is kept from now on. */
update sealed_day set due = true
from site
where site.id = site_id and day >= coalesce(visits_complete_from, '-infinity'::date);
