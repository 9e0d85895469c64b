/* Flyway's own table, described like every other. It has no migration of its own since it is older
   than the first. Two processes may come here at once, and comments on one thing do not wait for
   each other, so the lock. */
do $$
begin
  if obj_description('schema_history'::regclass) is null then
    perform pg_advisory_xact_lock(hashtext('schema_history'));
    comment on table schema_history is 'Migrations of the tables, one row each, kept by Flyway. Kept for ever.';
    comment on column schema_history.installed_rank is 'Order in which the migration was applied.';
    comment on column schema_history.version is 'Number of the migration.';
    comment on column schema_history.description is 'What the migration is about.';
    comment on column schema_history.type is 'Kind of migration; SQL for all of ours.';
    comment on column schema_history.script is 'File that holds the migration.';
    comment on column schema_history.checksum is 'Checksum of that file, by which a later change of it is noticed.';
    comment on column schema_history.installed_by is 'Role that applied the migration.';
    comment on column schema_history.installed_on is 'When the migration was applied.';
    comment on column schema_history.execution_time is 'Milliseconds it took.';
    comment on column schema_history.success is 'True if it succeeded.';
  end if;
end
$$;
