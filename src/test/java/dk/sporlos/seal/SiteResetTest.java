package dk.sporlos.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.TestDatabase;
import dk.sporlos.site.Audit;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import dk.sporlos.testing.TestPool;
import io.vertx.sqlclient.Tuple;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SiteResetTest {

  /** What has rows of a site that say nothing of who visited it, or that must not come back. */
  private static final List<String> KEPT =
      List.of(
          // what its owners say
          "site_setting",
          "policy_change",
          "goal",
          "funnel",
          "segment",
          "annotation",
          "property",
          // people and programs
          "shared_link",
          "api_token",
          "account_link",
          "membership",
          "grouped_site",
          "provider_role",
          "grafana_role",
          "audit",
          // for hits that are on their way
          "batch",
          "withheld_visit",
          "removed_site",
          // dictionaries: entries that nothing refers to go by themselves
          "page",
          "event_name",
          "client",
          "place",
          "referrer",
          "campaign");

  /** Those that {@link dk.sporlos.fold.Snapshots#remove} empties. */
  private static final List<String> OF_SNAPSHOTS =
      List.of("snapshot", "open_visit", "open_event", "folded_visit");

  private static TestPool database;

  private SiteStore sites;
  private Site site;
  private Site other;
  private SiteReset reset;

  @BeforeAll
  static void open() {
    database = TestPool.of(TestDatabase.create());
    run(
        "create table visit_2026_11 partition of visit for values from ('2026-11-01') to ('2026-12-01')");
    run(
        "create table event_2026_11 partition of event for values from ('2026-11-01') to ('2026-12-01')");
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void fill() {
    run("truncate site, audit, " + String.join(", ", forgotten()) + " cascade");
    sites = new SiteStore(database.pool());
    site = sites.add("example.com", ZoneId.of("UTC"), false).await();
    other = sites.add("other.example", ZoneId.of("UTC"), false).await();
    fill(site);
    fill(other);
    reset = new SiteReset(database.pool(), 2);
  }

  private static void fill(Site site) {
    int id = site.id().value();
    for (int i = 1; i <= 5; i++) {
      run(
          """
          insert into visit (id, visitor, hour, site_id, day, views, events, seconds, bounced, steps)
          values (%d, 1, now(), %d, '2026-11-0%d', 1, 0, 0, true, '\\x0000000100000000')
          """
              .formatted(i, id, i));
    }
    run("update site set visits_complete_from = '2026-11-01' where id = " + id);
    Stream.of(
            "goal (site_id, name, page) values (%d, 'x', '/')",
            "page (site_id, id, host, path) values (%d, 1, 'a', '/')",
            "site_setting (site_id, name, value) values (%d, 'public', 'on')",
            "batch (site_id, hour, id) values (%d, now(), gen_random_uuid())",
            "event (visit, site_id, day, step, properties) values (1, %d, '2026-11-01', 0, '{}')",
            """
            hit (site_id, slot, visit, visitor, at, step, kind, page_id, engaged_ms, interactive,
              by_cookie) values (%d, 1, 1, 1, now(), 0, 0, 1, 0, true, false)""",
            """
            restricted_hit (site_id, kept_until, code_hash, at, step, kind, page_id, engaged_ms,
              interactive) values (%d, '2026-12-01', 'x', now(), 0, 0, 1, 0, true)""",
            "set_aside (site_id, id, day, reason, content) values (%d, 1, now(), '22000', 'x')",
            "daily (site_id, day, origin, dimension, part, texts) values (%d, now(), 0, 0, 0, '{}')",
            """
            monthly (site_id, month, origin, dimension, part, texts)
              values (%d, '2026-11-01', 0, 0, 0, '{}')""",
            "sealed_day (site_id, day, due) values (%d, '2026-11-01', false)",
            "sealed_month (site_id, month) values (%d, '2026-11-01')",
            """
            import (site_id, at, first_day, last_day, lines, visits, views, events)
              values (%d, now(), now(), now(), 1, 1, 1, 0)""",
            "interruption (site_id, day) values (%d, now())",
            "return_gap (site_id, day, gap, browsers) values (%d, now(), 1, 1)",
            "cohort (site_id, first_week, week, browsers) values (%d, now(), now(), 1)",
            "refusal (site_id, day, reason, count) values (%d, '2026-11-01', 'bot', 1)",
            "cleaned (site_id, day, kind, count) values (%d, '2026-11-01', 'email', 1)",
            """
            vital (site_id, day, page_id, device, metric, bucket, views)
              values (%d, now(), 1, '', 0, 1, 1)""",
            "snapshot (site_id) values (%d)",
            """
            open_visit (hits, visit, visitor, hour, site_id, day, views, events, seconds, bounced,
              steps, client_id, place_id, referrer_id, campaign_id, by_cookie)
              values (1, 1, 1, now(), %d, now(), 1, 0, 0, true, 'x', 0, 0, 0, 0, false)""",
            "open_event (visit, site_id, day, step, properties) values (1, %d, now(), 0, '{}')",
            "folded_visit (site_id, visit) values (%d, 2)")
        .forEach(row -> run("insert into " + row.formatted(id)));
  }

  @Test
  void ofEachTableItIsDecidedWhetherItsRowsAreFigures() {
    assertThat(tables())
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(forgotten().stream(), KEPT.stream()).toList());
  }

  @Test
  void allFiguresOfASiteAreGoneAndNothingElse() {
    Map<String, Long> before = rows(other);
    assertThat(before.keySet()).containsAll(forgotten());

    assertThat(reset.reset(site, "test").await()).isEqualTo(5 + 15);

    assertThat(rows(site))
        .isEqualTo(Map.of("goal", 1L, "page", 1L, "site_setting", 1L, "batch", 1L, "audit", 1L));
    assertThat(rows(other)).isEqualTo(before);
    assertThat(sites.visitsCompleteFrom(site.id()).await()).isNull();
    assertThat(sites.visitsCompleteFrom(other.id()).await()).isNotNull();
  }

  @Test
  void theAuditOfTheSiteSaysSo() {
    reset.reset(site, "test").await();

    assertThat(Audit.latest(database.pool(), site.id(), 10).await())
        .extracting(Audit.Dated::line)
        .containsExactly(new Audit.Line("test", "delete", "figures", null, null, 20));
  }

  @Test
  void doneAgainItDoesNoHarm() {
    reset.reset(site, "test").await();

    assertThat(reset.reset(site, "test").await()).isZero();
  }

  private static List<String> forgotten() {
    return Stream.of(SiteReset.LARGE, SiteReset.FURTHER, OF_SNAPSHOTS)
        .flatMap(List::stream)
        .toList();
  }

  /** Tables with rows of sites, those that are partitioned as a whole. */
  private static List<String> tables() {
    List<String> tables = new ArrayList<>();
    database
        .pool()
        .query(
            """
            select table_name::text from information_schema.columns
            join information_schema.tables using (table_schema, table_name)
            where table_schema = 'public' and column_name = 'site_id' and table_type = 'BASE TABLE'
              and not (select relispartition from pg_class
                where oid = format('%I', table_name)::regclass)
            """)
        .execute()
        .await()
        .forEach(row -> tables.add(row.getString(0)));
    return tables;
  }

  /** How many rows tables have of a site; without those that have none. */
  private static Map<String, Long> rows(Site site) {
    Map<String, Long> rows = new TreeMap<>();
    for (String table : tables()) {
      long count =
          database
              .pool()
              .preparedQuery("select count(*) from %s where site_id = $1".formatted(table))
              .execute(Tuple.of(site.id().value()))
              .await()
              .iterator()
              .next()
              .getLong(0);
      if (count > 0) {
        rows.put(table, count);
      }
    }
    return rows;
  }

  private static void run(String sql) {
    database.pool().query(sql).execute().await();
  }
}
