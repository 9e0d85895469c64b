package dk.sporlos.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class MigratorTest {

  private static final String WITHOUT_COMMENT =
      """
      select relation.relname || coalesce('.' || attribute.attname, '')
      from pg_class as relation
      cross join lateral (
        select 0::int2 as attnum, null::name as attname
        union all
        select attnum, attname from pg_attribute
        where attrelid = relation.oid and attnum > 0 and not attisdropped
      ) as attribute
      where relation.relnamespace = 'public'::regnamespace
        and relation.relkind in ('r', 'p', 'v', 'm', 'f') and not relation.relispartition
        and col_description(relation.oid, attribute.attnum) is null
        and (attribute.attnum > 0 or obj_description(relation.oid, 'pg_class') is null)
      order by 1
      """;

  private static final String TABLES =
      """
      select relname from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
      """;

  @Test
  void makesAllTablesInAnEmptyDatabase() {
    DatabaseUrl url = TestDatabase.createEmpty();

    new Migrator(url).migrate();

    assertThat(Sql.texts(url, TABLES)).contains("site", "hit", "visit", "page", "schema_history");
  }

  @Test
  void leavesAMigratedDatabaseAsItIs() {
    DatabaseUrl url = TestDatabase.create();
    List<String> before = Sql.texts(url, "select version from schema_history order by 1");

    new Migrator(url).migrate();

    assertThat(Sql.texts(url, "select version from schema_history order by 1"))
        .isEqualTo(before)
        .isNotEmpty();
  }

  @Test
  void worksInSeveralProcessesAtOnce() {
    DatabaseUrl url = TestDatabase.createEmpty();
    List<ChildJvm> processes =
        Stream.generate(() -> ChildJvm.start(MigratorProgram.class, url.uri())).limit(3).toList();
    assertThat(processes).extracting(ChildJvm::answer).containsOnly("waiting");

    processes.forEach(process -> process.tell("go"));

    assertThat(processes).extracting(ChildJvm::answer).containsOnly("migrated");
    processes.forEach(ChildJvm::finish);
    assertThat(Sql.texts(url, "select script from schema_history where success"))
        .doesNotHaveDuplicates()
        .isEqualTo(
            Sql.texts(TestDatabase.create(), "select script from schema_history where success"));
    assertThat(Sql.texts(url, WITHOUT_COMMENT)).isEmpty();
  }

  @Test
  void leavesNoTableOrColumnWithoutAComment() {
    assertThat(Sql.texts(TestDatabase.create(), WITHOUT_COMMENT)).isEmpty();
  }

  @Test
  void describesFlywaysTableAgainIfItWasKilledBeforeThat() {
    DatabaseUrl url = TestDatabase.create();
    Sql.execute(url, "comment on table schema_history is null");

    new Migrator(url).migrate();

    assertThat(Sql.texts(url, WITHOUT_COMMENT)).isEmpty();
  }

  @Test
  void refusesADatabaseOfANewerVersion() {
    DatabaseUrl url = TestDatabase.create();
    Sql.execute(
        url,
        """
        insert into schema_history
          (installed_rank, version, description, type, script, checksum, installed_by,
           execution_time, success)
        values (99, '999', 'future', 'SQL', 'V999__future.sql', 1, 'x', 1, true)
        """);

    assertThatThrownBy(new Migrator(url)::migrate)
        .isInstanceOf(DatabaseException.class)
        .hasMessage(
            "The database %s was written by a newer version of Sporløs: start that version or a later one.",
            url);
  }

  @Test
  void refusesADatabaseThatHoldsSomethingElse() {
    DatabaseUrl url = TestDatabase.createEmpty();
    Sql.execute(url, "create table invoice (id int)");

    assertThatThrownBy(new Migrator(url)::migrate)
        .isInstanceOf(DatabaseException.class)
        .hasMessage(
            "The database %s holds tables that are not Sporløs's: create an empty database for it.",
            url);
    assertThat(Sql.texts(url, TABLES)).containsExactly("invoice");
  }

  @Test
  void refusesADatabaseThatCannotHoldEveryLetter() {
    DatabaseUrl url = TestDatabase.createEmpty();
    String name = url.database() + "_latin";
    Sql.execute(
        url,
        "create database %s template template0 encoding 'LATIN1' locale_provider libc locale 'C'"
            .formatted(name));

    assertThatThrownBy(new Migrator(url.withDatabase(name))::migrate)
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("is encoded as LATIN1: create one with createdb --encoding=UTF8");
    Sql.execute(url, "drop database " + name);
  }

  @Test
  void saysInOneLineWhyItCannotSignIn() {
    DatabaseUrl url = TestDatabase.create();
    DatabaseUrl stranger =
        new DatabaseUrl(
            url.host(), url.port(), url.database(), "stranger", "wrong", url.parameters());

    assertThatThrownBy(new Migrator(url.withDatabase("nowhere"))::migrate)
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("it has no such database")
        .hasMessageNotContaining("\n");
    assertThatThrownBy(new Migrator(stranger)::migrate)
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("it refuses user and password");
    assertThatThrownBy(
            new Migrator(DatabaseUrl.parse("postgresql://ann@127.0.0.1:1/nowhere"))::migrate)
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("check that PostgreSQL runs there")
        .hasMessageNotContaining("\n");
  }
}
