/* What owners define beside their site: a few rows a site, read whole. Properties of a goal are kept
   as written; whether two goals are the same is asked when one is added, since an index over them
   would limit their length. */
create table goal (
  site_id int not null references site on delete cascade,
  id bigint generated always as identity,
  name text not null check (length(name) between 1 and 320),
  event text check (length(event) between 1 and 120),
  page text check (length(page) between 1 and 300),
  scroll smallint check (scroll between 1 and 100),
  properties jsonb not null default '{}' check (jsonb_typeof(properties) = 'object'),
  currency text check (currency ~ '^[A-Z]{3}$'),
  value numeric(21, 6) check (value >= 0),
  primary key (site_id, id),
  unique (site_id, name),
  check ((event is null) <> (page is null)),
  check (scroll is null or page is not null),
  check (value is null or currency is not null)
);

comment on table goal is 'What the owner of a site wants visitors to do. Kept until the owner removes it or the site is deleted.';
comment on column goal.site_id is 'Site that the goal is of.';
comment on column goal.id is 'Number of the goal, by which funnels and programs name it.';
comment on column goal.name is 'Name of the goal as reports show it.';
comment on column goal.event is 'Name of the custom event that reaches the goal; null if a page does.';
comment on column goal.page is 'Path of the pages that reach the goal, with * for any text within a segment and ** for any text; null if an event does.';
comment on column goal.scroll is 'How far, in percent, such a page has to be scrolled; null if viewing it is enough.';
comment on column goal.properties is 'Values that properties of the page view or event must have: names and values.';
comment on column goal.currency is 'Currency in which revenue of the goal is counted, a code of ISO 4217; null for a goal without revenue.';
comment on column goal.value is 'What reaching the goal once is worth; null if the website says it each time.';

create table funnel (
  site_id int not null references site on delete cascade,
  id bigint generated always as identity,
  name text not null check (length(name) between 1 and 120),
  goals bigint[] not null check (cardinality(goals) between 2 and 8),
  primary key (site_id, id),
  unique (site_id, name)
);

comment on table funnel is 'Goals that visitors are to reach one after the other. Kept until the owner removes it or the site is deleted.';
comment on column funnel.site_id is 'Site that the funnel is of.';
comment on column funnel.id is 'Number of the funnel, by which programs name it.';
comment on column funnel.name is 'Name of the funnel as reports show it.';
comment on column funnel.goals is 'Its steps in order: numbers of goals.';

create table segment (
  site_id int not null references site on delete cascade,
  id bigint generated always as identity,
  account_id int,
  name text not null check (length(name) between 1 and 120),
  filters jsonb not null check (jsonb_typeof(filters) = 'array'),
  primary key (site_id, id),
  unique nulls not distinct (site_id, account_id, name)
);

comment on table segment is 'Filters that the owner of a site has given a name. Kept until the owner removes it or the site is deleted.';
comment on column segment.site_id is 'Site that the segment is of.';
comment on column segment.id is 'Number of the segment, by which queries name it.';
comment on column segment.account_id is 'Account that sees it; null if everyone who sees the site''s figures does.';
comment on column segment.name is 'Name of the segment as reports show it.';
comment on column segment.filters is 'The filters, in the query language.';

create table annotation (
  site_id int not null references site on delete cascade,
  id bigint generated always as identity,
  account_id int,
  day date not null,
  text text not null check (length(text) between 1 and 500),
  primary key (site_id, id)
);

comment on table annotation is 'What the owner of a site notes about a day, as a reason why figures changed. Kept until the owner removes it or the site is deleted.';
comment on column annotation.site_id is 'Site that the note is about.';
comment on column annotation.id is 'Number of the note, by which programs name it.';
comment on column annotation.account_id is 'Account that sees it; null if everyone who sees the site''s figures does.';
comment on column annotation.day is 'Day that the note is about, in the site''s time zone.';
comment on column annotation.text is 'The note.';

create table property (
  site_id int not null references site on delete cascade,
  name text not null check (length(name) between 1 and 300),
  primary key (site_id, name)
);

comment on table property is 'Properties of page views and events whose values are totalled by day. Kept until the owner removes it or the site is deleted.';
comment on column property.site_id is 'Site whose pages send the property.';
comment on column property.name is 'Name of the property as the pages send it.';

comment on column api_token.scopes is 'What the token may be used for: stats, import, sites, send, outside.';
alter table api_token add check (
  scopes <@ array['stats', 'import', 'sites', 'send', 'outside']);
