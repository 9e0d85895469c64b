/* Hits whose visitor asked that they be kept and not used. They are out of all figures, and whoever
   has the code puts them back or deletes them. */
create table restricted_hit (
  site_id int not null,
  kept_until date not null,
  code_hash bytea not null,
  at timestamptz(0) not null,
  step smallint not null,
  kind smallint not null,
  page_id int not null,
  name_id int,
  engaged_ms int not null,
  scroll smallint,
  interactive boolean not null,
  client_id int,
  place_id int,
  referrer_id int,
  campaign_id int,
  properties jsonb,
  revenue numeric(21, 6),
  currency text
);

create index restricted_hit_code on restricted_hit (site_id, code_hash);

comment on table restricted_hit is 'Hits that a visitor has restricted (GDPR Art. 18): in no figure. Kept for 30 days, unless the visitor puts them back or deletes them before.';
comment on column restricted_hit.site_id is 'Site that was visited.';
comment on column restricted_hit.kept_until is 'Last day, in UTC, on which the hit is kept.';
comment on column restricted_hit.code_hash is 'SHA-256 of the code that lifts the restriction, which has 128 random bits and is shown once to the visitor.';
comment on column restricted_hit.at is 'Hour of the hit; no finer time is kept.';
comment on column restricted_hit.step is 'Position within the visit, from 0.';
comment on column restricted_hit.kind is '0 page view, 1 custom event, 2 engagement with a page already viewed.';
comment on column restricted_hit.page_id is 'Page on which the hit happened (table page).';
comment on column restricted_hit.name_id is 'Name of the custom event (table event_name); null for other kinds.';
comment on column restricted_hit.engaged_ms is 'Milliseconds for which the page was visible and focused since the last report.';
comment on column restricted_hit.scroll is 'Deepest point reached on the page, in percent; null if not reported.';
comment on column restricted_hit.interactive is 'False for a custom event that does not end a bounce.';
comment on column restricted_hit.client_id is 'With what the visitor came (table client); null but for the hit that opens a visit.';
comment on column restricted_hit.place_id is 'Where the visitor was (table place); null but for the hit that opens a visit.';
comment on column restricted_hit.referrer_id is 'What led to the visit (table referrer); null but for the hit that opens a visit.';
comment on column restricted_hit.campaign_id is 'Campaign that led to the visit (table campaign); null if none did, and but for the hit that opens a visit.';
comment on column restricted_hit.properties is 'What the website says of the page view or event, cleaned; null if it says nothing.';
comment on column restricted_hit.revenue is 'Amount of money that the page view or event is worth; null if none is named.';
comment on column restricted_hit.currency is 'Currency of revenue, a code of ISO 4217; null without revenue.';
