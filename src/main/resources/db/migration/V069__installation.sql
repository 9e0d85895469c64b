/* By which a directory of data knows its database again: see package database, Installation. */
create table installation (
  one boolean primary key default true check (one),
  id uuid not null default gen_random_uuid()
);

insert into installation default values;

comment on table installation is 'Which installation this is, in one row, so that a process notices when its database was emptied or is another one. Kept for ever.';
comment on column installation.one is 'Always true: there is one row.';
comment on column installation.id is 'Random number that was drawn when the tables were made.';
