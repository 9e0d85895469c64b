create table interruption (
  site_id int not null,
  day date not null,
  primary key (site_id, day)
);

comment on table interruption is 'Days on which a process lost its memory of who was there, so that visits split and visitors may count twice. Kept for as long as the site''s totals.';
comment on column interruption.site_id is 'Site that was visited.';
comment on column interruption.day is 'Day in the site''s time zone.';
