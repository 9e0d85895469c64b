/* The snapshot of the inbox that questions about today are answered from (docs/decisions/0022). The
   four tables are made of hits and are of no use without them, so none is logged: PostgreSQL empties
   all of them together should it crash, and the next question has them made anew. */
create unlogged table snapshot (
  site_id int primary key,
  taken_at timestamptz(3),
  millis int
);

comment on table snapshot is 'Sites at whose figures somebody is looking, with the snapshot of their inbox. A row goes some minutes after the last who looked, or with a crash of PostgreSQL.';
comment on column snapshot.site_id is 'Site that is looked at.';
comment on column snapshot.taken_at is 'As of when its open visits stand in open_visit; null before there is a first snapshot.';
comment on column snapshot.millis is 'How long the snapshot took to make, in milliseconds: it is kept ten times as long at least.';

create unlogged table open_visit (
  site_id int not null,
  visit bigint not null,
  visitor bigint not null,
  hour timestamptz(0) not null,
  day date not null,
  entry_page int,
  exit_page int,
  views smallint not null,
  events smallint not null,
  seconds smallint not null,
  bounced boolean not null,
  steps bytea not null,
  by_cookie boolean not null,
  client_id int not null,
  place_id int not null,
  referrer_id int not null,
  campaign_id int not null,
  primary key (site_id, visit)
);

/* A snapshot is replaced whole, and what it replaced should be gone soon. */
alter table open_visit set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000);

comment on table open_visit is 'Visits that may go on, as they stood at the last snapshot of the inbox: made of table hit and of nothing else. Replaced whole every ten seconds or more while somebody looks at the site''s figures, and deleted some minutes after the last who did.';
comment on column open_visit.site_id is 'Site that was visited.';
comment on column open_visit.visit is 'Random number of the visit in the inbox (hit.visit); means this visit alone.';
comment on column open_visit.visitor is 'Random number of the visitor, drawn for this site and day; means nothing on any other day.';
comment on column open_visit.hour is 'Instant at which the local hour began in which the visit began.';
comment on column open_visit.day is 'Day on which the visit began, in the site''s time zone.';
comment on column open_visit.entry_page is 'First page viewed (table page); null if no page was viewed.';
comment on column open_visit.exit_page is 'Last page viewed (table page); null if no page was viewed.';
comment on column open_visit.views is 'Number of page views.';
comment on column open_visit.events is 'Number of custom events.';
comment on column open_visit.seconds is 'Seconds between the first and the last page view or event.';
comment on column open_visit.bounced is 'True if the visit had one page view or event only, not counting events that are not interactive.';
comment on column open_visit.steps is 'The visit''s steps in order, eight bytes each, as in visit.steps.';
comment on column open_visit.by_cookie is 'True if the visit was recognised by a cookie''s number, false if by the day key.';
comment on column open_visit.client_id is 'With what the visitor came (table client); 0 if it is not known.';
comment on column open_visit.place_id is 'Where the visitor was (table place); 0 if it is not known.';
comment on column open_visit.referrer_id is 'What led to the visit (table referrer); 0 if it is not known.';
comment on column open_visit.campaign_id is 'Campaign that led to the visit (table campaign); 0 if none did.';

create unlogged table open_event (
  visit bigint not null,
  site_id int not null,
  day date not null,
  name_id int,
  step smallint not null,
  revenue numeric(21, 6),
  currency text,
  properties jsonb
);

create index open_event_visit on open_event (site_id, visit);

comment on table open_event is 'What websites say of single steps of visits that may go on, as of the last snapshot of the inbox. Kept as long as the rows of open_visit.';
comment on column open_event.visit is 'Random number of the visit in the inbox (open_visit.visit).';
comment on column open_event.site_id is 'Site that was visited.';
comment on column open_event.day is 'Day of the visit (open_visit.day).';
comment on column open_event.name_id is 'Name of the custom event (table event_name); null for a page view.';
comment on column open_event.step is 'Position within the visit, from 0, as unpack() gives it.';
comment on column open_event.revenue is 'Amount of money that the step is worth; null if none is named.';
comment on column open_event.currency is 'Currency of revenue, a code of ISO 4217; null without revenue.';
comment on column open_event.properties is 'What the website says of the step, cleaned: names and values; null if it says nothing.';

create unlogged table folded_visit (
  site_id int not null,
  visit bigint not null,
  primary key (site_id, visit)
);

comment on table folded_visit is 'Visits that were folded after the last snapshot of the inbox, so that they are not counted in it as well. Emptied with the next snapshot.';
comment on column folded_visit.site_id is 'Site that was visited; only sites that are looked at have rows.';
comment on column folded_visit.visit is 'Random number that the visit had in the inbox (open_visit.visit); the row of table visit has another.';
