/* Rows of visits die only when a finished day is written again in another order, redacted or deleted,
   and should then be gone soon. New partitions are made so. */
do $$
declare
  partition regclass;
begin
  for partition in
    select inhrelid from pg_inherits where inhparent in ('visit'::regclass, 'event'::regclass)
  loop
    execute format(
      'alter table %s set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 0)',
      partition);
  end loop;
end
$$;
