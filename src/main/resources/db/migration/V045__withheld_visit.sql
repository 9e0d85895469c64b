/* A hit may still be on its way, or in the spool of a process that was killed, when its visitor
   erases or restricts the visit. So the number is remembered where every process finds it. */
create table withheld_visit (
  site_id int not null,
  visit bigint not null,
  code_hash bytea,
  day date not null,
  primary key (site_id, visit)
);

comment on table withheld_visit is 'Visits that their visitor has erased or restricted, so that hits which are still on their way go the same way. Kept for two days, and longer while a process has hits from before that it could not store.';
comment on column withheld_visit.site_id is 'Site that was visited.';
comment on column withheld_visit.visit is 'Random number of the visit in the inbox; means this visit alone.';
comment on column withheld_visit.code_hash is 'SHA-256 of the code that lifts the restriction; null for a visit that is erased.';
comment on column withheld_visit.day is 'Day, in UTC, on which the visitor said so.';
