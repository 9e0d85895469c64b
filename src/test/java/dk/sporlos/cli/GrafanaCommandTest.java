package dk.sporlos.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.TestDatabase;
import dk.sporlos.seal.Sealed;
import dk.sporlos.testing.Grafana;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The roles by which Grafana reads, and the queries of its dashboards. */
class GrafanaCommandTest {
  private static final String PASSWORD = "a-password-of-Grafana";

  /** Roles are of the server, on which other tests may run too. */
  private static final String PREFIX = "test_%d_".formatted(ProcessHandle.current().pid());

  private static final String ALL = PREFIX + "all";
  private static final String ONE = PREFIX + "one";
  private static final String OWNER = PREFIX + "owner";
  private static final DatabaseUrl OURS = TestDatabase.create();

  /** A finished day of each site and dimension, with a value or two, and a refusal. */
  private static final String SEED =
      """
      insert into site (domain, timezone) values
        ('one.example', 'Europe/Copenhagen'), ('two.example', 'UTC');
      insert into goal (site_id, name, event) select id, 'Bought', 'Buy' from site;
      insert into daily (site_id, day, origin, dimension, part, texts, visitors, visits, views,
        actions, bounces, seconds)
      select id, date '2026-03-10' + number, 0, dimension, 0,
        array[case when dimension = 29 then (select goal.id::text from goal where site_id = site.id)
          when dimension = 30 then E'colour\\x1fred' when dimension = 0 then '' else domain end],
        '{7}', '{8}', '{20}', '{21}', '{2}', '{300}'
      from site, generate_series(0, 30) as dimension, generate_series(0, 3) as number;
      insert into daily (site_id, day, origin, dimension, part, texts, visitors, visits, views)
      select id, '2026-03-10', 1, 0, 0, '{""}', '{1}', '{1}', '{1}' from site;
      insert into daily (site_id, day, origin, dimension, part, texts, visitors, visits, views)
      select id, current_date - number, 0, 0, 0, '{""}', '{600}', '{600}', '{600}'
      from site, unnest(case domain when 'one.example' then '{9}' else '{9, 2}' end::int[]) as number;
      insert into refusal (site_id, day, reason, count)
      select id, '2026-03-11', 'bot', 5 from site;
      insert into refusal (site_id, day, reason, count) values (0, '2026-03-11', 'bot', 500);
      """;

  private static final ByteArrayOutputStream OUT = new ByteArrayOutputStream();
  private static final ByteArrayOutputStream ERR = new ByteArrayOutputStream();

  @TempDir private static Path directory;
  private static Path passwordFile;

  @BeforeAll
  static void makeRoles() throws Exception {
    passwordFile = Files.writeString(directory.resolve("password"), PASSWORD + "\n");
    execute(OURS, SEED);
    assertThat(run(OURS, ALL)).isEqualTo(Cli.OK);
    assertThat(run(OURS, ONE, "--site", "one.example")).isEqualTo(Cli.OK);
  }

  @AfterAll
  static void removeRoles() throws SQLException {
    for (String role : List.of(ALL, ONE)) {
      execute(OURS, "drop owned by %1$s; drop role %1$s".formatted(role));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dk.sporlos.testing.Grafana#sql")
  void aQueryOfTheDashboardsHasRows(Grafana.Query query) throws SQLException {
    String sql =
        Grafana.expanded(
            query.text(), "one.example", "2026-03-10T11:00:00Z", "2026-03-12T11:00:00Z");

    assertThat(rows(as(ALL), sql)).isNotEmpty();
  }

  @Test
  void aSiteIsMissedThatHadVisitsAndHasNoneForTwoDays() throws SQLException {
    String alert =
        Grafana.sql().stream()
            .filter(query -> query.where().equals("alert, A site sends nothing that usually does"))
            .findFirst()
            .orElseThrow()
            .text();

    assertThat(rows(as(ALL), alert))
        .containsExactlyInAnyOrder(List.of("one.example", "1"), List.of("two.example", "0"));
  }

  @Test
  void daysOfTheRangeCountAndOriginsAreAddedUp() throws SQLException {
    String sql =
        Grafana.expanded(
            "select sum(visitors), sum(visits), sum(pageviews) from grafana.day where site ="
                + " ${site:sqlstring} and $__timeFilter(time)",
            "one.example",
            "2026-03-09T23:00:00Z",
            "2026-03-10T23:00:00Z");

    assertThat(rows(as(ALL), sql)).containsExactly(List.of("15", "17", "41"));
  }

  @Test
  void everyDimensionThatIsSealedHasAName() throws SQLException {
    assertThat(rows(as(ONE), "select distinct dimension from grafana.value"))
        .hasSize(Sealed.values().length - 1);
    assertThat(Arrays.stream(Sealed.values()).mapToInt(Sealed::number)).containsOnlyOnce(30);
    assertThat(
            rows(
                as(ONE),
                """
                select distinct value from grafana.value where dimension in ('goal', 'property')
                order by value
                """))
        .containsExactly(List.of("Bought"), List.of("colour: red"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"site", "day", "value", "refusal"})
  void aRoleOfOneSiteSeesNothingOfAnother(String view) throws SQLException {
    String sites = "select distinct site from grafana.%s order by site".formatted(view);

    assertThat(rows(as(ALL), sites))
        .containsExactly(List.of("one.example"), List.of("two.example"));
    assertThat(rows(as(ONE), sites)).containsExactly(List.of("one.example"));
  }

  @Test
  void aConditionThatTellsWhatItSeesIsToldNothingOfAnotherSite() throws SQLException {
    String sql = "select day from grafana.day where 1 / (site <> 'two.example')::int = 1";

    assertThat(rows(as(ONE), sql)).isNotEmpty();
    assertThatThrownBy(() -> rows(as(ALL), sql)).hasMessageContaining("division by zero");
  }

  @Test
  void nothingElseCanBeRead() throws SQLException {
    List<List<String>> relations =
        rows(
            OURS,
            """
            select format('%I.%I', relnamespace::regnamespace::text, relname) from pg_class
            where relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace,
                'pg_toast'::regnamespace, 'grafana'::regnamespace)
              and relkind in ('r', 'p', 'v', 'm', 'S', 'f')
            """);

    assertThat(relations).hasSizeGreaterThan(40);
    for (List<String> relation : relations) {
      assertThatThrownBy(() -> rows(as(ALL), "select * from " + relation.get(0)))
          .as(relation.get(0))
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void nothingCanBeWritten() {
    assertThatThrownBy(() -> execute(as(ONE), "update grafana.site set site = 'x'"))
        .isInstanceOf(SQLException.class);
    assertThatThrownBy(
            () ->
                execute(
                    as(ONE),
                    "set default_transaction_read_only = off; delete from grafana.refusal"))
        .isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> execute(as(ONE), "create table grafana.mine (x int)"))
        .isInstanceOf(SQLException.class);
  }

  @Test
  void saidAgainItReplacesSites() throws SQLException {
    assertThat(run(OURS, ONE, "--site", "two.example")).isEqualTo(Cli.OK);
    try {
      assertThat(rows(as(ONE), "select site from grafana.site"))
          .containsExactly(List.of("two.example"));
    } finally {
      assertThat(run(OURS, ONE, "--site", "one.example")).isEqualTo(Cli.OK);
    }
  }

  @Test
  void aRoleThatMayDoMoreIsLeftAlone() {
    ERR.reset();

    assertThat(run(OURS, OURS.user())).isEqualTo(Cli.MENDABLE);

    assertThat(ERR.toString(StandardCharsets.UTF_8)).contains("may do more than read figures");
  }

  @Test
  void whoMayNotMakeRolesIsToldWhatToRun() throws SQLException {
    DatabaseUrl plain = plainOwner();
    String made = PREFIX + "made";
    OUT.reset();
    ERR.reset();
    assertThat(run(plain, made)).isEqualTo(Cli.MENDABLE);
    String toRun = OUT.toString(StandardCharsets.UTF_8);
    assertThat(toRun).contains("create role " + made).doesNotContain(PASSWORD);
    assertThat(ERR.toString(StandardCharsets.UTF_8)).contains(OWNER + " may not make roles");

    execute(OURS, toRun);
    assertThat(run(plain, made)).isEqualTo(Cli.OK);

    assertThat(ERR.toString(StandardCharsets.UTF_8)).contains("keeps the password");
    DatabaseUrl reading = as(plain, made);
    assertThat(rows(reading, "select * from grafana.site")).isEmpty();
    execute(plain, "drop owned by current_user");
    execute(
        OURS,
        "drop database %1$s with (force); drop role %2$s; drop role %3$s"
            .formatted(plain.database(), made, OWNER)
            .split("; "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"short", "æøåæøåæøå", "two words"})
  void aPasswordThatCannotBeHadIsRefused(String password) throws Exception {
    Path file = Files.writeString(directory.resolve("other"), password);
    ERR.reset();

    assertThat(cli(OURS, "database", "grafana", "--role", ONE, "--password-file", file.toString()))
        .isEqualTo(Cli.MENDABLE);

    assertThat(ERR.toString(StandardCharsets.UTF_8))
        .contains("without spaces")
        .doesNotContain(password);
  }

  /** One that owns its database, and may do nothing on the server. */
  private static DatabaseUrl plainOwner() throws SQLException {
    execute(
        OURS,
        "create role %s login password '%s'".formatted(OWNER, PASSWORD),
        "create database %1$s owner %1$s template template0".formatted(OWNER));
    return new DatabaseUrl(OURS.host(), OURS.port(), OWNER, OWNER, PASSWORD, OURS.parameters());
  }

  private static DatabaseUrl as(String role) {
    return as(OURS, role);
  }

  private static DatabaseUrl as(DatabaseUrl url, String role) {
    return new DatabaseUrl(
        url.host(), url.port(), url.database(), role, PASSWORD, url.parameters());
  }

  private static int run(DatabaseUrl database, String role, String... more) {
    return cli(
        database,
        Stream.concat(
                Stream.of(
                    "database",
                    "grafana",
                    "--role",
                    role,
                    "--password-file",
                    passwordFile.toString()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private static int cli(DatabaseUrl database, String... words) {
    return new Cli(
            new PrintStream(OUT, true, StandardCharsets.UTF_8),
            new PrintStream(ERR, true, StandardCharsets.UTF_8),
            Map.of())
        .run(
            Stream.concat(Stream.of(words), Stream.of("--database", database.uri()))
                .toArray(String[]::new));
  }

  private static void execute(DatabaseUrl url, String... statements) throws SQLException {
    try (Connection connection = url.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static List<List<String>> rows(DatabaseUrl url, String sql) throws SQLException {
    try (Connection connection = url.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<List<String>> found = new ArrayList<>();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
          row.add(rows.getString(column));
        }
        found.add(row);
      }
      return found;
    }
  }
}
