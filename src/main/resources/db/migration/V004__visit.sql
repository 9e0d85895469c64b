create table visit (
  id bigint not null,
  visitor bigint not null,
  hour timestamptz(0) not null,
  site_id int not null,
  day date not null,
  entry_page int,
  exit_page int,
  views smallint not null,
  events smallint not null,
  seconds smallint not null,
  bounced boolean not null,
  steps bytea not null check (length(steps) between 8 and 4000 and length(steps) % 8 = 0),
  primary key (site_id, day, id)
) partition by range (day);

comment on table visit is 'Visits that ended, one row each. Kept for as long as the site''s profile says (dk: 180 days).';
comment on column visit.id is 'Random number of the row, drawn by the fold; not the number the visit had in the inbox.';
comment on column visit.visitor is 'Random number of the visitor, drawn for this site and day: the only link between visits, and only within that day.';
comment on column visit.hour is 'Instant at which the local hour began in which the visit began. No finer time is kept.';
comment on column visit.site_id is 'Site that was visited.';
comment on column visit.day is 'Day on which the visit began, in the site''s time zone.';
comment on column visit.entry_page is 'First page viewed (table page); null if no page was viewed.';
comment on column visit.exit_page is 'Last page viewed (table page); null if no page was viewed.';
comment on column visit.views is 'Number of page views.';
comment on column visit.events is 'Number of custom events.';
comment on column visit.seconds is 'Seconds between the first and the last page view or event.';
comment on column visit.bounced is 'True if the visit had one page view or event only, not counting events that are not interactive.';
comment on column visit.steps is 'Page views and events in order, eight bytes each, to be read by unpack(): page and, for a page view, engaged seconds and scroll depth, or the event''s name.';

/* A step is two big-endian 32-bit numbers. The first is the page. The second is, for a page view,
   engaged seconds * 128 + scroll percent (127: not reported); for an event, minus its name.
   Not declared strict: a strict function that returns rows is not inlined, which costs 135 µs a
   call instead of about one. */
create function unpack(steps bytea)
returns table (step int, page_id int, name_id int, engaged_seconds int, scroll int)
language sql immutable parallel safe as $$
  select o / 8,
    page,
    case when what < 0 then -what end,
    case when what >= 0 then what >> 7 end,
    case when what >= 0 then nullif(what & 127, 127) end
  from generate_series(0, length(steps) - 8, 8) as o
  cross join lateral (
    select
      (get_byte(steps, o) << 24) | (get_byte(steps, o + 1) << 16)
        | (get_byte(steps, o + 2) << 8) | get_byte(steps, o + 3) as page,
      (get_byte(steps, o + 4) << 24) | (get_byte(steps, o + 5) << 16)
        | (get_byte(steps, o + 6) << 8) | get_byte(steps, o + 7) as what
  ) as pair
$$;

comment on function unpack(bytea) is 'Reads visit.steps: position, page, event name (null for a page view), engaged seconds and scroll percent (null for an event).';
