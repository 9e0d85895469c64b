/* The key is made here, so that there is one from the beginning and every process finds the same. */
create table rounding_key (
  id int primary key check (id = 1),
  key bytea not null check (length(key) = 32)
);

comment on table rounding_key is 'The key by which figures are rounded for outsiders, made once for the installation. Kept for ever: with another key the same figures would be rounded again, and differently.';
comment on column rounding_key.id is 'Always 1: there is one row.';
comment on column rounding_key.key is '244 random bits. They say nothing by themselves; who has them and rounded figures knows these more closely.';

insert into rounding_key (id, key)
select 1, decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex');
