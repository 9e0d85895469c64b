/* A snapshot of the inbox is made from the one before: visits whose number of hits is the same are
   not made anew (docs/decisions/0022). 0, which is no visit's number, has one made anew; processes
   of earlier versions write it. */
alter table open_visit add column hits int not null default 0;

comment on table open_visit is 'Visits that may go on, as they stood at the last snapshot of the inbox: made of table hit and of nothing else. Made anew every ten seconds or more while somebody looks at the site''s figures, and deleted some minutes after the last who did.';
comment on column open_visit.hits is 'Number of hits that the row was made of: as long as it is that of the inbox, the row stays as it is; 0 to have it made anew.';
