/* Vitals belong to no visit. They are counted in transactions of their own, since rows of one
   transaction share its number. */
create table vital (
  views int not null check (views > 0),
  site_id int not null,
  day date not null,
  page_id int not null,
  device text not null,
  metric smallint not null check (metric between 0 and 3),
  bucket smallint not null check (bucket between 0 and 76),
  primary key (site_id, day, page_id, device, metric, bucket)
);

comment on table vital is 'How many views of a page loaded, reacted and held still how well (web vitals). Joined to no visit. Kept for as long as the site''s totals.';
comment on column vital.views is 'Number of views of the page whose figure is in the bucket.';
comment on column vital.site_id is 'Site that was visited.';
comment on column vital.day is 'Day on which the figure was received, in the site''s time zone.';
comment on column vital.page_id is 'Page that was viewed (table page).';
comment on column vital.device is 'Class of the device, as in table client; empty if it is not known.';
comment on column vital.metric is '0 Largest Contentful Paint, 1 Interaction to Next Paint, 2 Cumulative Layout Shift, 3 Time to First Byte.';
comment on column vital.bucket is 'Number of the bucket. Upper bounds are the preferred numbers R20, of bucket 0 10 ms, or 0.001 for Cumulative Layout Shift, to bucket 75 56 s, or 5.6; bucket 76 has none.';
