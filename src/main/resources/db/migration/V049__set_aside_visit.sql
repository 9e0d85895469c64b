/* So that whoever erases a visit erases what could not be stored of it, too. */
alter table set_aside add column visit bigint not null default 0;

comment on column set_aside.visit is 'Random number that the visit had in the inbox, so that it can be erased; 0 if there is none.';
