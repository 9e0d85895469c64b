/* What nothing refers to any longer is marked, and goes if nobody reads it for two hours: processes
   hold what they have read for an hour. No index: an entry is found by its number. */
alter table page add column unused_since timestamptz(0);
alter table event_name add column unused_since timestamptz(0);
alter table client add column unused_since timestamptz(0);
alter table place add column unused_since timestamptz(0);
alter table referrer add column unused_since timestamptz(0);
alter table campaign add column unused_since timestamptz(0);

comment on column page.unused_since is 'Since when nothing was found to refer to the row and no process has read it; null if it is in use. The row is deleted a day later, after two hours at least.';
comment on column event_name.unused_since is 'Since when nothing was found to refer to the row and no process has read it; null if it is in use. The row is deleted a day later, after two hours at least.';
comment on column client.unused_since is 'Since when nothing was found to refer to the row and no process has read it; null if it is in use. The row is deleted a day later, after two hours at least.';
comment on column place.unused_since is 'Since when nothing was found to refer to the row and no process has read it; null if it is in use. The row is deleted a day later, after two hours at least.';
comment on column referrer.unused_since is 'Since when nothing was found to refer to the row and no process has read it; null if it is in use. The row is deleted a day later, after two hours at least.';
comment on column campaign.unused_since is 'Since when nothing was found to refer to the row and no process has read it; null if it is in use. The row is deleted a day later, after two hours at least.';

comment on table page is 'Pages of a site, cleaned of query and fragment. Kept while a hit or visit refers to the row, and a day or two longer.';
comment on table event_name is 'Names of custom events, as the website''s own code gives them. Kept while a hit or visit refers to the row, and a day or two longer.';
comment on table client is 'With what visitors of a site came, in coarse classes; each column is empty where nothing is known. Kept while a hit or visit refers to the row, and a day or two longer.';
comment on table place is 'Roughly where visitors of a site were, from the cut address; each column is empty where nothing is known or the site keeps less. Kept while a hit or visit refers to the row, and a day or two longer.';
comment on table referrer is 'What led to visits of a site. Kept while a hit or visit refers to the row, and a day or two longer.';
comment on table campaign is 'Campaigns that addresses of a site named; each column is empty where it was not named. Kept while a hit or visit refers to the row, and a day or two longer.';

alter table site add column entries_checked_at timestamptz(0);

comment on column site.entries_checked_at is 'When it was last looked for rows of dictionaries that nothing refers to; null if never.';
