package dk.sporlos.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.Vertx;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Citus is in no registry, so a {@linkplain StandInForCitus stand-in} refuses what it refuses of
 * tables, and remembers what it was told. It says nothing of statements.
 */
final class DistributionTest {

  /** Tables of settings, people and processes that say a site; they stay on the coordinator. */
  private static final List<String> KEPT_TOGETHER =
      List.of(
          "account_link",
          "annotation",
          "api_token",
          "audit",
          "funnel",
          "goal",
          "grafana_role",
          "grouped_site",
          "import",
          "membership",
          "policy_change",
          "property",
          "provider_role",
          "removed_site",
          "segment",
          "shared_link",
          "site_setting");

  private static final String OF_A_SITE =
      """
      select relname from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
        and exists (select from pg_attribute where attrelid = pg_class.oid and attname = 'site_id')
      order by 1
      """;

  private static final String KINDS =
      "select table_name::text || ' ' || citus_table_type from spread order by number";

  private final DatabaseUrl url = TestDatabase.create();
  private final Distribution distribution = new Distribution(url);

  @BeforeEach
  void needsAServerThatTakesAStandIn() {
    assumeTrue(
        StandInForCitus.isPossible(url),
        "extension_control_path is of PostgreSQL 18, and for superusers on this machine");
  }

  @Test
  void spreadsEveryTableOfHitsVisitsAndTotalsBySite() {
    StandInForCitus.install(url);

    Distribution.Outcome outcome = distribution.distribute();

    assertThat(outcome.copied()).containsExactly("site");
    assertThat(outcome.spread()).isEqualTo(Distribution.DISTRIBUTED);
    assertThat(Sql.texts(url, KINDS))
        .hasSize(Distribution.DISTRIBUTED.size() + 1)
        .startsWith("site reference", "hit distributed");
    assertThat(Sql.texts(url, "select name::text from spread_function"))
        .containsExactly("unpack(bytea)");
  }

  @Test
  void knowsOfEveryTableThatSaysASiteWhereItBelongs() {
    List<String> bySite = Sql.texts(url, OF_A_SITE);

    assertThat(bySite).containsAll(Distribution.DISTRIBUTED).containsAll(KEPT_TOGETHER);
    assertThat(bySite)
        .filteredOn(table -> !Distribution.DISTRIBUTED.contains(table))
        .containsExactlyInAnyOrderElementsOf(KEPT_TOGETHER);
  }

  @Test
  void goesOnNumberingSites() {
    Sql.execute(url, "insert into site (domain, timezone) values ('a.example', 'UTC')");
    StandInForCitus.install(url);

    distribution.distribute();

    Sql.execute(url, "insert into site (domain, timezone) values ('b.example', 'UTC')");
    assertThat(Sql.texts(url, "select id from site order by id")).containsExactly("1", "2");
  }

  @Test
  void changesNothingThatIsSpread() {
    StandInForCitus.install(url);
    distribution.distribute();
    List<String> before = Sql.texts(url, KINDS);

    Distribution.Outcome again = distribution.distribute();

    assertThat(again.spread()).isEmpty();
    assertThat(again.copied()).isEmpty();
    assertThat(Sql.texts(url, KINDS)).isEqualTo(before);
  }

  @Test
  void goesOnWhereItWasRefused() {
    StandInForCitus.install(url);
    Sql.execute(url, "alter table daily drop constraint daily_pkey");
    Sql.execute(url, "alter table daily add primary key (day, dimension, origin, part)");
    assertThatThrownBy(distribution::distribute)
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("daily")
        .hasMessageContaining("say it again");
    assertThat(Sql.texts(url, KINDS))
        .contains("visit distributed")
        .doesNotContain("daily distributed");

    Sql.execute(url, "alter table daily drop constraint daily_pkey");
    Sql.execute(url, "alter table daily add primary key (site_id, day, origin, dimension, part)");

    assertThat(distribution.distribute().spread()).contains("daily").doesNotContain("visit");
  }

  @Test
  void leavesADatabaseWithoutTheExtensionAsItIs() {
    assertThatThrownBy(distribution::distribute)
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("no extension citus")
        .hasMessageContaining("create extension citus");
    assertThat(
            Sql.texts(
                url,
                "select attidentity from pg_attribute where attrelid = 'site'::regclass and attname = 'id'"))
        .containsExactly("a");
  }

  @Test
  void refusesAWorker() {
    StandInForCitus.install(url);
    Sql.execute(url, "update pg_dist_local_group set groupid = 3");

    assertThatThrownBy(distribution::distribute)
        .hasMessageContaining("is a worker")
        .hasMessageContaining("coordinator");
    assertThat(Sql.texts(url, KINDS)).isEmpty();
  }

  @Test
  void refusesACoordinatorThatWorkersDoNotKnow() {
    StandInForCitus.install(url);
    Sql.execute(url, "delete from pg_dist_node where groupid = 0");

    assertThatThrownBy(distribution::distribute).hasMessageContaining("citus_set_coordinator_host");
    assertThat(Sql.texts(url, KINDS)).isEmpty();
  }

  @Test
  void refusesAnOldVersion() {
    StandInForCitus.install(url);
    Sql.execute(url, "update pg_extension set extversion = '11.3-1' where extname = 'citus'");

    assertThatThrownBy(distribution::distribute)
        .hasMessageContaining("11")
        .hasMessageContaining("12");
  }

  @Test
  void whatAnUpgradeAddedIsNoticed() throws Exception {
    StandInForCitus.install(url);
    String state;
    try (Connection connection = url.dataSource().getConnection()) {
      state = Migrator.stateOf(connection);
    }
    Vertx vertx = Vertx.vertx();
    Database database = new Database(vertx, url);
    SchemaExamination schema = new SchemaExamination(database.pool(), state);
    try {
      assertThat(schema.findings().await()).isEmpty();
      distribution.distribute();
      assertThat(schema.findings().await()).isEmpty();

      Sql.execute(
          url, "delete from spread where table_name in ('vital'::regclass, 'cohort'::regclass)");

      assertThat(schema.findings().await())
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.code()).isEqualTo("tables-not-spread");
                assertThat(finding.detail())
                    .contains("cohort, vital stand on the coordinator alone");
              });
    } finally {
      database.close().await();
      vertx.close().await();
    }
  }
}
