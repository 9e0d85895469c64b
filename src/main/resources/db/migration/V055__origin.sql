/* Last in the row, where it takes what alignment left empty: a visit of up to fifteen steps is as long
   as before. */
alter table visit add column origin int not null default 0;

comment on column visit.origin is 'Where the visit comes from: 0 the site''s own traffic, else the number of the import (import.id) that brought it.';
comment on column daily.origin is 'Where the totals come from: 0 the site''s own traffic, else the number of an import (import.id).';
