create table page (
  site_id int not null,
  id int not null check (id > 0),
  host text not null,
  path text not null,
  primary key (site_id, id),
  unique (site_id, host, path)
);

comment on table page is 'Pages of a site, cleaned of query and fragment. Kept while a hit, visit or total refers to the row.';
comment on column page.site_id is 'Site that the page belongs to.';
comment on column page.id is 'Random number of the page within its site, so that it says nothing about when the page was first seen.';
comment on column page.host is 'Host of the page in lower case, without a leading www.';
comment on column page.path is 'Path of the page, cleaned: no query, no fragment.';

create table event_name (
  site_id int not null,
  id int not null check (id > 0),
  name text not null,
  primary key (site_id, id),
  unique (site_id, name)
);

comment on table event_name is 'Names of custom events, as the website''s own code gives them. Kept while a hit, visit or total refers to the row.';
comment on column event_name.site_id is 'Site that the event belongs to.';
comment on column event_name.id is 'Random number of the name within its site.';
comment on column event_name.name is 'Name of the event, at most 120 characters.';
