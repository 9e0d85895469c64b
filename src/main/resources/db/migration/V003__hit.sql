/* The inbox. Slots are hours of receipt in a ring of eight: a visit lasts four hours at most and
   is folded within minutes of its end, so a slot is empty long before its turn comes again, and an
   empty slot is truncated, which gives back its space and removes the old row versions. */
create table hit (
  site_id int not null,
  slot smallint not null,
  visit bigint not null,
  visitor bigint not null,
  at timestamptz(0) not null,
  step smallint not null,
  kind smallint not null check (kind between 0 and 2),
  page_id int not null,
  name_id int,
  engaged_ms int not null,
  scroll smallint,
  interactive boolean not null,
  by_cookie boolean not null,
  check ((kind = 1) = (name_id is not null))
) partition by list (slot);

create table hit_0 partition of hit for values in (0);
create table hit_1 partition of hit for values in (1);
create table hit_2 partition of hit for values in (2);
create table hit_3 partition of hit for values in (3);
create table hit_4 partition of hit for values in (4);
create table hit_5 partition of hit for values in (5);
create table hit_6 partition of hit for values in (6);
create table hit_7 partition of hit for values in (7);

create index hit_visit on hit (site_id, visit);

comment on table hit is 'The inbox: hits of visits that may still be open. A hit leaves with the fold, minutes after its visit ended; a visit lasts four hours at most.';
comment on column hit.site_id is 'Site that was visited.';
comment on column hit.slot is 'Hour of receipt modulo 8: the partition, truncated once it is empty.';
comment on column hit.visit is 'Random number of the visit, drawn when the visit began; means this visit alone.';
comment on column hit.visitor is 'Random number of the visitor, drawn for this site and day; means nothing on any other day.';
comment on column hit.at is 'When the hit was received, to the second.';
comment on column hit.step is 'Position within the visit, from 0; an engagement carries the step of the page view it belongs to.';
comment on column hit.kind is '0 page view, 1 custom event, 2 engagement with a page already viewed.';
comment on column hit.page_id is 'Page on which the hit happened (table page).';
comment on column hit.name_id is 'Name of the custom event (table event_name); null for other kinds.';
comment on column hit.engaged_ms is 'Milliseconds for which the page was visible and focused since the last report; 0 but for engagements.';
comment on column hit.scroll is 'Deepest point reached on the page, in percent; null if not reported.';
comment on column hit.interactive is 'False for a custom event that does not end a bounce.';
comment on column hit.by_cookie is 'True if the visit was recognised by a cookie''s number, false if by the day key.';
