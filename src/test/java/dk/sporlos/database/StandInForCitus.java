package dk.sporlos.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * An extension of the name that Citus has, with the functions and tables of its that are used here:
 * what it is told it notes in table {@code spread}. It refuses the tables that Citus refuses, as
 * its documentation says: those with a key that lacks the column by which they are spread, with a
 * narrow identity column, with triggers, or that refer to one which is not spread.
 */
final class StandInForCitus {
  private static final String CONTROL =
      """
      comment = 'stands in for Citus in tests'
      default_version = '13.2-1'
      relocatable = true
      """;

  private static final String SCRIPT =
      """
      create table pg_dist_local_group (groupid int);
      insert into pg_dist_local_group values (0);
      create table pg_dist_node (groupid int);
      insert into pg_dist_node values (0), (1), (2);
      create table spread (
        number int generated always as identity, table_name regclass, citus_table_type text);
      create table spread_function (name regprocedure);
      create view citus_tables as select table_name, citus_table_type from spread;

      create function refuse(wanted regclass) returns void language plpgsql as $$
      begin
        if exists (select from spread where table_name = wanted) then
          raise 'table "%" is already distributed', wanted;
        end if;
        if exists (select from pg_attribute where attrelid = wanted and attidentity <> ''
            and atttypid <> 'bigint'::regtype) then
          raise 'cannot complete operation on % with smallint/int identity column', wanted;
        end if;
        if exists (select from pg_trigger where tgrelid = wanted and not tgisinternal) then
          raise 'cannot distribute relation "%" because it has triggers', wanted;
        end if;
        if exists (select from pg_constraint where conrelid = wanted and contype = 'f'
            and confrelid not in (select table_name from spread)) then
          raise '"%" refers to a table that is not spread', wanted;
        end if;
      end $$;

      create function create_reference_table(wanted regclass) returns void language plpgsql as $$
      begin
        perform refuse(wanted);
        insert into spread (table_name, citus_table_type) values (wanted, 'reference');
      end $$;

      create function create_distributed_table(wanted regclass, by text) returns void
      language plpgsql as $$
      begin
        perform refuse(wanted);
        if exists (select from pg_index where indrelid = wanted and indisunique and not (
            select attnum from pg_attribute where attrelid = wanted and attname = by)
              = any (indkey::int2[])) then
          raise 'cannot create constraint on "%"', wanted
            using detail = 'Keys must have the column by which a table is distributed.';
        end if;
        insert into spread (table_name, citus_table_type) values (wanted, 'distributed');
      end $$;

      create function create_distributed_function(wanted regprocedure) returns void
      language sql as 'insert into spread_function values (wanted)';
      """;

  private StandInForCitus() {}

  /** Whether the server looks for extensions where it is told, on this machine. */
  static boolean isPossible(DatabaseUrl url) {
    return Sql.texts(
                url,
                "select 1 from pg_settings where name = 'extension_control_path'"
                    + " and (select rolsuper from pg_roles where rolname = current_user)")
            .equals(List.of("1"))
        && System.getProperty("test.database", "").isEmpty();
  }

  static void install(DatabaseUrl url) {
    Path directory = TestDirectories.empty("citus");
    try {
      Path extension = Files.createDirectory(directory.resolve("extension"));
      Files.writeString(extension.resolve("citus.control"), CONTROL);
      Files.writeString(extension.resolve("citus--13.2-1.sql"), SCRIPT);
      // The server may run as another user.
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Sql.execute(
        url,
        "set extension_control_path = '%s:$system'; create extension citus".formatted(directory));
  }
}
