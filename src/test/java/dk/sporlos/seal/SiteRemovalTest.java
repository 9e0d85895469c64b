package dk.sporlos.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.TestDatabase;
import dk.sporlos.site.Audit;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import dk.sporlos.site.SiteStore;
import dk.sporlos.testing.MovableClock;
import dk.sporlos.testing.TestPool;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SiteRemovalTest {
  private static final ZoneId UTC = ZoneId.of("UTC");
  private static TestPool database;

  private final MovableClock clock = new MovableClock("2026-11-02T10:00:00Z");
  private SiteStore sites;
  private Site site;
  private Site other;
  private SiteRemoval removal;

  @BeforeAll
  static void open() {
    database = TestPool.of(TestDatabase.create());
    run(
        "create table visit_2026_11 partition of visit for values from ('2026-11-01') to ('2026-12-01')");
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void fill() {
    run("truncate site, hit, visit, page, refusal, removed_site, audit cascade");
    sites = new SiteStore(database.pool());
    site = sites.add("example.com", UTC, false).await();
    other = sites.add("other.example", UTC, false).await();
    fill(site);
    fill(other);
    removal = new SiteRemoval(database.pool(), clock, 2);
  }

  private static void fill(Site site) {
    int id = site.id().value();
    for (int i = 1; i <= 5; i++) {
      run(
          "insert into page (site_id, id, host, path) values (%d, %d, 'a', '/%d')"
              .formatted(id, i, i));
      hit(id);
      run(
          """
          insert into visit (id, visitor, hour, site_id, day, views, events, seconds, bounced, steps)
          values (%d, 1, now(), %d, '2026-11-0%d', 1, 0, 0, true, '\\x0000000100000000')
          """
              .formatted(i, id, i));
    }
    run("insert into goal (site_id, name, page) values (%d, 'x', '/')".formatted(id));
    run(
        "insert into refusal (site_id, day, reason, count) values (%d, '2026-11-01', 'bot', 1)"
            .formatted(id));
  }

  private static void hit(int site) {
    run(
        """
        insert into hit (site_id, slot, visit, visitor, at, step, kind, page_id, engaged_ms,
          interactive, by_cookie)
        values (%d, 1, 1, 1, now(), 0, 0, 1, 0, true, false)
        """
            .formatted(site));
  }

  @Test
  void nothingIsLeftOfASiteAndAllOfTheOthers() {
    Map<String, Long> before = rows(other);
    assertThat(before.keySet()).contains("hit", "visit", "page", "goal", "refusal");

    assertThat(removal.remove(site, "test").await()).isTrue();
    removal.sweep().await();

    assertThat(rows(site)).isEmpty();
    assertThat(rows(other)).isEqualTo(before);
    assertThat(sites.find("example.com").await()).isNull();
    assertThat(removal.remove(site, "test").await()).isFalse();
  }

  @Test
  void theRemovalIsInTheAuditOfTheInstallation() {
    removal.remove(site, "test").await();

    assertThat(Audit.latest(database.pool(), new SiteId(0), 10).await())
        .extracting(Audit.Dated::line)
        .containsExactly(
            new Audit.Line("test", "delete", "site " + site.id().value(), null, null, 1));
  }

  @Test
  void whatComesLateGoesTooForSomeDays() {
    removal.remove(site, "test").await();
    removal.sweep().await();
    clock.move(Duration.ofDays(7));
    hit(site.id().value());

    removal.sweep().await();

    assertThat(rows(site)).isEmpty();

    clock.move(Duration.ofDays(1));
    removal.sweep().await();

    assertThat(database.pool().query("select from removed_site").execute().await().size()).isZero();
  }

  /** How many rows tables have of a site. */
  private static Map<String, Long> rows(Site site) {
    Map<String, Long> rows = new TreeMap<>();
    database
        .pool()
        .query(
            """
            select relname from pg_class
            join pg_attribute on attrelid = pg_class.oid and attname = 'site_id'
            where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
              and not relispartition and relname <> 'removed_site'
            """)
        .execute()
        .await()
        .forEach(
            row -> {
              String table = row.getString("relname");
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
            });
    return rows;
  }

  private static void run(String sql) {
    database.pool().query(sql).execute().await();
  }
}
