/* What Grafana reads. Totals of finished days alone, one dimension at a time: no row of these views
   is about a visit, and nothing in them joins two dimensions. A role sees the sites that table
   grafana_role gives it, and is granted nothing but the views (`sporlos database grafana`). */
create table grafana_role (
  role text not null check (length(role) between 1 and 63),
  site_id int not null,
  primary key (role, site_id)
);

comment on table grafana_role is 'Roles of the database that read the views of schema grafana, and of which sites. Kept until the operator says otherwise or the site is deleted.';
comment on column grafana_role.role is 'Name of the role, which the operator chose.';
comment on column grafana_role.site_id is 'Site whose figures it reads; 0 for every site.';

create schema grafana;
comment on schema grafana is 'Read-only views for dashboards: a contract, changed by addition alone.';

create view grafana.site with (security_barrier) as
select id as site_id, domain as site, timezone
from site
where exists (
  select from grafana_role where role = current_user and grafana_role.site_id in (0, site.id));

comment on view grafana.site is 'Sites that the reading role may see.';
comment on column grafana.site.site_id is 'Number of the site.';
comment on column grafana.site.site is 'Domain of the site.';
comment on column grafana.site.timezone is 'Where its days are counted.';

create view grafana.day with (security_barrier) as
select site.site, held.day, held.day::timestamp at time zone site.timezone as time,
  held.origin <> 0 as imported, held.visitors[1] as visitors, held.visits[1] as visits,
  coalesce(held.views[1], 0) as pageviews, coalesce(held.actions[1], 0) as events,
  coalesce(held.bounces[1], 0) as bounces, coalesce(held.seconds[1], 0) as seconds
from grafana.site
join daily as held on held.site_id = site.site_id and held.dimension = 0;

comment on view grafana.day is 'Figures of finished days. A day has a row for each origin of its figures: add them up.';
comment on column grafana.day.site is 'Domain of the site.';
comment on column grafana.day.day is 'Day in the site''s time zone.';
comment on column grafana.day.time is 'When the day began.';
comment on column grafana.day.imported is 'True if the figures come from an import.';
comment on column grafana.day.visitors is 'Visitors of the day; null where the site recognises nobody.';
comment on column grafana.day.visits is 'Visits; null likewise.';
comment on column grafana.day.pageviews is 'Page views.';
comment on column grafana.day.events is 'Page views and custom events.';
comment on column grafana.day.bounces is 'Visits that bounced.';
comment on column grafana.day.seconds is 'Seconds that all visits together took.';

create view grafana.value with (security_barrier) as
select site.site, held.day, held.day::timestamp at time zone site.timezone as time,
  held.origin <> 0 as imported, named.dimension,
  case named.dimension
    when 'goal' then coalesce(goal.name, '(removed)')
    when 'property' then replace(total.value, e'\x1f', ': ')
    else total.value
  end as value,
  total.visitors, total.visits, coalesce(total.views, 0) as pageviews,
  coalesce(total.actions, 0) as events, coalesce(total.entries, 0) as entries,
  coalesce(total.exits, 0) as exits, coalesce(total.bounces, 0) as bounces,
  coalesce(total.seconds, 0) as seconds, coalesce(total.engaged, 0) as engaged,
  coalesce(total.timed, 0) as timed, total.revenue, goal.currency
from grafana.site
join daily as held on held.site_id = site.site_id
join (values
  (1, 'page'), (2, 'host'), (3, 'entry page'), (4, 'exit page'), (5, 'hour'), (6, 'source'),
  (7, 'referrer'), (8, 'channel'), (9, 'utm_source'), (10, 'utm_medium'), (11, 'utm_campaign'),
  (12, 'utm_content'), (13, 'utm_term'), (14, 'country'), (15, 'region'), (16, 'city'),
  (17, 'browser'), (18, 'browser and version'), (19, 'os'), (20, 'os and version'),
  (21, 'device'), (22, 'screen'), (23, 'language'), (24, 'event'), (25, 'entry host'),
  (26, 'exit host'), (27, 'browser version'), (28, 'os version'), (29, 'goal'), (30, 'property')
) as named (number, dimension) on named.number = held.dimension
cross join lateral unnest(
  held.texts, held.visitors, held.visits, held.views, held.actions, held.entries, held.exits,
  held.bounces, held.seconds, held.engaged, held.timed, held.revenue
) as total (
  value, visitors, visits, views, actions, entries, exits, bounces, seconds, engaged, timed,
  revenue)
left join goal on held.dimension = 29 and goal.site_id = held.site_id
  and goal.id::text = total.value;

comment on view grafana.value is 'Figures of finished days by the values of one dimension. A value has a row for each origin of its figures: add them up.';
comment on column grafana.value.site is 'Domain of the site.';
comment on column grafana.value.day is 'Day in the site''s time zone.';
comment on column grafana.value.time is 'When the day began.';
comment on column grafana.value.imported is 'True if the figures come from an import.';
comment on column grafana.value.dimension is 'What the value is one of: page, source, utm_campaign, country, browser, goal and so on.';
comment on column grafana.value.value is 'The value; empty where nothing is known, or none was named.';
comment on column grafana.value.visitors is 'Visitors of the day; null where the site recognises nobody.';
comment on column grafana.value.visits is 'Visits; null likewise.';
comment on column grafana.value.pageviews is 'Page views.';
comment on column grafana.value.events is 'Page views and custom events.';
comment on column grafana.value.entries is 'Of pages and hosts, visits that began there.';
comment on column grafana.value.exits is 'Of pages and hosts, visits that ended there.';
comment on column grafana.value.bounces is 'Visits that began there and bounced.';
comment on column grafana.value.seconds is 'Seconds of the visits that began there.';
comment on column grafana.value.engaged is 'Of pages and hosts, seconds for which they were looked at.';
comment on column grafana.value.timed is 'What these seconds are averaged over.';
comment on column grafana.value.revenue is 'Of goals, what reaching them was worth; null if nothing.';
comment on column grafana.value.currency is 'Currency of that.';

create view grafana.refusal with (security_barrier) as
select site.site, refused.day, refused.day::timestamp at time zone site.timezone as time,
  refused.reason, sum(refused.count)::bigint as beacons
from grafana.site
join refusal as refused on refused.site_id = site.site_id
group by site.site, site.timezone, refused.day, refused.reason;

comment on view grafana.refusal is 'Beacons that were not counted, by reason; today''s too.';
comment on column grafana.refusal.site is 'Domain of the site.';
comment on column grafana.refusal.day is 'Day of receipt in the site''s time zone.';
comment on column grafana.refusal.time is 'When the day began.';
comment on column grafana.refusal.reason is 'Why they were not counted, as in the header Sporlos-Ignored.';
comment on column grafana.refusal.beacons is 'Number of beacons.';
