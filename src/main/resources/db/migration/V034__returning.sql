/* Counters of returning browsers. They are written in transactions of their own, since rows of one
   transaction share its number for good, and that would join them to visits. */
create table return_gap (
  browsers bigint not null check (browsers > 0),
  site_id int not null,
  day date not null,
  gap int check (gap >= -1),
  unique nulls not distinct (site_id, day, gap)
);

comment on table return_gap is 'How many browsers brought a cookie on a day, by the days since their last visit. Joined to no visit. Kept for as long as the site''s totals.';
comment on column return_gap.browsers is 'Number of browsers, each counted once a day.';
comment on column return_gap.site_id is 'Site that was visited.';
comment on column return_gap.day is 'Day to which the visit belongs with which they brought it.';
comment on column return_gap.gap is 'Days since the last visit; null if the cookie was first issued on that day; -1 where too few browsers stood behind it to say.';

create table cohort (
  browsers bigint not null check (browsers > 0),
  site_id int not null,
  first_week date,
  week date not null,
  unique nulls not distinct (site_id, first_week, week)
);

comment on table cohort is 'How many browsers of a week''s first visitors came in a later week. Joined to no visit. Kept for as long as the site''s totals.';
comment on column cohort.browsers is 'Number of browsers, each counted once a week.';
comment on column cohort.site_id is 'Site that was visited.';
comment on column cohort.first_week is 'Monday of the week of their first visit; null where too few browsers stood behind it to say.';
comment on column cohort.week is 'Monday of the week in which they brought their cookie.';

alter table visit add column by_cookie boolean not null default false;

comment on column visit.by_cookie is 'True if a hit of the visit was recognised by a cookie''s number: its browser is counted among those that return.';
