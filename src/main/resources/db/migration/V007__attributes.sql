/* What is known of a visit as a whole is a row of a dictionary, found by content like a page. No row
   of these has more than 2,000 bytes of text, since an index finds a row by all of it. */
create table client (
  site_id int not null,
  id int not null check (id > 0),
  browser text not null,
  browser_version text not null,
  os text not null,
  os_version text not null,
  device text not null,
  screen text not null,
  language text not null,
  primary key (site_id, id),
  unique (site_id, browser, browser_version, os, os_version, device, screen, language)
);

comment on table client is 'With what visitors of a site came, in coarse classes; each column is empty where nothing is known. Kept while a hit, visit or total refers to the row.';
comment on column client.site_id is 'Site that was visited.';
comment on column client.id is 'Random number of the row within its site.';
comment on column client.browser is 'Family of the browser.';
comment on column client.browser_version is 'Major version of the browser.';
comment on column client.os is 'Family of the operating system.';
comment on column client.os_version is 'Major version of the operating system.';
comment on column client.device is 'Class of the device, as in Desktop or Mobile.';
comment on column client.screen is 'Class of the viewport''s width.';
comment on column client.language is 'Base language, a code of ISO 639.';

create table place (
  site_id int not null,
  id int not null check (id > 0),
  country text not null,
  region text not null,
  city text not null,
  primary key (site_id, id),
  unique (site_id, country, region, city)
);

comment on table place is 'Roughly where visitors of a site were, from the cut address; each column is empty where nothing is known or the site keeps less. Kept while a hit, visit or total refers to the row.';
comment on column place.site_id is 'Site that was visited.';
comment on column place.id is 'Random number of the row within its site.';
comment on column place.country is 'Country, a code of ISO 3166-1.';
comment on column place.region is 'Region, a code of ISO 3166-2.';
comment on column place.city is 'Name of the city.';

create table referrer (
  site_id int not null,
  id int not null check (id > 0),
  channel text not null,
  source text not null,
  host text not null,
  path text not null,
  primary key (site_id, id),
  unique (site_id, channel, source, host, path)
);

comment on table referrer is 'What led to visits of a site. Kept while a hit, visit or total refers to the row.';
comment on column referrer.site_id is 'Site that was visited.';
comment on column referrer.id is 'Random number of the row within its site.';
comment on column referrer.channel is 'Kind of source, as in Organic Search.';
comment on column referrer.source is 'Name of the source, as in Google; empty for a direct visit.';
comment on column referrer.host is 'Host of the page that led here; empty if there was none.';
comment on column referrer.path is 'Path of that page, cleaned: no query, no fragment; empty if there was none or the site keeps no more than the host.';

create table campaign (
  site_id int not null,
  id int not null check (id > 0),
  source text not null,
  medium text not null,
  name text not null,
  content text not null,
  term text not null,
  primary key (site_id, id),
  unique (site_id, source, medium, name, content, term)
);

comment on table campaign is 'Campaigns that addresses of a site named; each column is empty where it was not named. Kept while a hit, visit or total refers to the row.';
comment on column campaign.site_id is 'Site that was visited.';
comment on column campaign.id is 'Random number of the row within its site.';
comment on column campaign.source is 'Value of utm_source, cleaned.';
comment on column campaign.medium is 'Value of utm_medium, cleaned.';
comment on column campaign.name is 'Value of utm_campaign, cleaned.';
comment on column campaign.content is 'Value of utm_content, cleaned.';
comment on column campaign.term is 'Value of utm_term, cleaned.';

alter table hit
  add column client_id int,
  add column place_id int,
  add column referrer_id int,
  add column campaign_id int,
  add column properties jsonb,
  add column revenue numeric(21, 6),
  add column currency text;

comment on column hit.client_id is 'With what the visitor came (table client); null but for the hit that opens a visit.';
comment on column hit.place_id is 'Where the visitor was (table place); null but for the hit that opens a visit.';
comment on column hit.referrer_id is 'What led to the visit (table referrer); null but for the hit that opens a visit.';
comment on column hit.campaign_id is 'Campaign that led to the visit (table campaign); null if none did, and but for the hit that opens a visit.';
comment on column hit.properties is 'What the website says of the page view or event, cleaned: names and values; null if it says nothing.';
comment on column hit.revenue is 'Amount of money that the page view or event is worth; null if none is named.';
comment on column hit.currency is 'Currency of revenue, a code of ISO 4217; null without revenue.';

/* 0 and not null where there is none: as long as no column is null, a row needs no map of nulls,
   which with these columns would take eight bytes a visit. */
alter table visit
  add column client_id int not null default 0,
  add column place_id int not null default 0,
  add column referrer_id int not null default 0,
  add column campaign_id int not null default 0;

comment on column visit.client_id is 'With what the visitor came (table client); 0 if it is not known.';
comment on column visit.place_id is 'Where the visitor was (table place); 0 if it is not known.';
comment on column visit.referrer_id is 'What led to the visit (table referrer); 0 if it is not known.';
comment on column visit.campaign_id is 'Campaign that led to the visit (table campaign); 0 if none did.';

/* Visits are found by site and day alone. An index on these two takes a fifth of one that also has
   the random id: equal keys are kept once. */
alter table visit drop constraint visit_pkey;
create index visit_site_day on visit (site_id, day);

create table event (
  visit bigint not null,
  site_id int not null,
  day date not null,
  name_id int,
  step smallint not null,
  revenue numeric(21, 6),
  currency text,
  properties jsonb
) partition by range (day);

create index event_site_day on event (site_id, day);

comment on table event is 'What websites say of single steps of visits that ended; steps of which they say nothing have no row. Kept as long as the visit.';
comment on column event.visit is 'Number of the visit (visit.id).';
comment on column event.site_id is 'Site that was visited.';
comment on column event.day is 'Day of the visit (visit.day).';
comment on column event.name_id is 'Name of the custom event (table event_name); null for a page view.';
comment on column event.step is 'Position within the visit, from 0, as unpack() gives it.';
comment on column event.revenue is 'Amount of money that the step is worth; null if none is named.';
comment on column event.currency is 'Currency of revenue, a code of ISO 4217; null without revenue.';
comment on column event.properties is 'What the website says of the step, cleaned: names and values; null if it says nothing.';

do $$
declare
  month text;
begin
  for month in
    select substring(relname from 'visit_(\d+_\d+)')
    from pg_inherits join pg_class on pg_class.oid = inhrelid
    where inhparent = 'visit'::regclass
  loop
    execute format(
      'create table event_%s partition of event for values from (%L) to (%L)', month,
      to_date(month, 'YYYY_MM'), (to_date(month, 'YYYY_MM') + interval '1 month')::date);
  end loop;
end
$$;

create table set_aside (
  site_id int not null,
  id bigint not null,
  day date not null,
  reason text not null,
  content bytea not null,
  primary key (site_id, id)
);

comment on table set_aside is 'Hits that could not be stored or folded, put here so that they hold up no others. Kept for 30 days, in which an operator can find out why.';
comment on column set_aside.site_id is 'Site that was visited.';
comment on column set_aside.id is 'Random number of the row.';
comment on column set_aside.day is 'Day on which the hits were set aside, in UTC.';
comment on column set_aside.reason is 'PostgreSQL''s code of the error (SQLSTATE).';
comment on column set_aside.content is 'The hits, as traceless as in the inbox: in the format of the spool, or as JSON in UTF-8.';
