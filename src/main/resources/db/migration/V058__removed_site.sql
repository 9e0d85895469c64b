/* Of a site that is removed, hits may still be on their way for as long as a spool waits, and there
   may be more of it than one transaction should delete. So its number is kept until nothing can
   come any more. */
create table removed_site (
  site_id int primary key,
  day date not null
);

comment on table removed_site is 'Sites that were removed and of which things may still be there, or come. Kept for seven days.';
comment on column removed_site.site_id is 'Number that the site had.';
comment on column removed_site.day is 'Day, in UTC, on which it was removed.';
