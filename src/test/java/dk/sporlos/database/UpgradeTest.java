package dk.sporlos.database;

import static dk.sporlos.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The way to this version's tables from every state that some version left them in. */
class UpgradeTest {

  /** A statement of the seed or about it, and the table that has to be there for it. */
  private record About(String table, String sql) {}

  /*
   * In the columns that each table had from the beginning: those are what a process of that version
   * writes, and what came later has to do without. The number of the site is in the place of %1$d.
   */
  private static final List<About> SEED =
      List.of(
          new About("site", "insert into site (domain, timezone) values ('s%1$d.example', 'UTC')"),
          new About(
              "page", "insert into page (site_id, id, host, path) values (%1$d, 7, 'a', '/')"),
          new About(
              "event_name", "insert into event_name (site_id, id, name) values (%1$d, 3, 'x')"),
          new About(
              "hit",
              """
              insert into hit (site_id, slot, visit, visitor, at, step, kind, page_id, engaged_ms,
                interactive, by_cookie)
              values (%1$d, 2, 11, 12, '2026-03-10 12:00Z', 0, 0, 7, 0, true, false)
              """),
          new About(
              "visit",
              """
              create table if not exists visit_2026_03 partition of visit
                for values from ('2026-03-01') to ('2026-04-01');
              insert into visit (id, visitor, hour, site_id, day, entry_page, exit_page, views, events,
                seconds, bounced, steps)
              values (1, 2, '2026-03-10 12:00Z', %1$d, '2026-03-10', 7, 7, 2, 0, 60, false,
                '\\x00000007000000000000000700000000')
              """),
          new About(
              "event",
              """
              create table if not exists event_2026_03 partition of event
                for values from ('2026-03-01') to ('2026-04-01');
              insert into event (visit, site_id, day, name_id, step)
              values (1, %1$d, '2026-03-10', 3, 1)
              """),
          new About(
              "api_token",
              "insert into api_token (secret_hash, site_id, scopes) values ('%1$d', %1$d, '{stats}')"),
          new About(
              "refusal",
              "insert into refusal (site_id, day, reason, count) values (%1$d, '2026-03-10', 'x', 5)"),
          new About(
              "sealed_day",
              "insert into sealed_day (site_id, day, due) values (%1$d, '2026-03-10', false)"),
          new About(
              "daily",
              """
              insert into daily (site_id, day, origin, dimension, part, texts, visitors, cookieless,
                visits, consented, views, actions, entries, bounces, seconds)
              values (%1$d, '2026-03-10', 0, 0, 0, '{""}', '{1}', '{1}', '{1}', '{0}', '{2}', '{2}',
                '{1}', '{0}', '{60}')
              """),
          new About(
              "account",
              """
              insert into account (email, name, admin, language, created_on)
              values ('ann@s%1$d.example', 'Ann', true, 'en', '2026-03-10')
              """));

  /** How often each of them is there as it was sown. */
  private static final List<About> REAPED =
      List.of(
          new About("site", "select count(*) from site where timezone = 'UTC'"),
          new About("page", "select count(*) from page where id = 7 and path = '/'"),
          new About("event_name", "select count(*) from event_name where name = 'x'"),
          new About("hit", "select count(*) from hit where visit = 11 and visitor = 12"),
          new About(
              "visit",
              "select count(*) from visit where views = (select count(*) from unpack(steps))"),
          new About("event", "select count(*) from event where name_id = 3"),
          new About("api_token", "select count(*) from api_token where scopes = '{stats}'"),
          new About("refusal", "select count(*) from refusal where count = 5"),
          new About("sealed_day", "select count(*) from sealed_day where day = '2026-03-10'"),
          new About("daily", "select count(*) from daily where visits[1] = 1 and views[1] = 2"),
          new About("account", "select count(*) from account where email like 'ann@s%'"));

  /** Everything but partitions of months, which come and go. */
  private static final String SCHEMA =
      """
      with relation as (
        select * from pg_class
        where relnamespace in ('public'::regnamespace, 'grafana'::regnamespace)
          and relname !~ '_\\d{4}_\\d{2}')
      select line from (
        select format('%s %s %s %s %s %s', relname, relkind, relpersistence, reloptions, relacl,
            obj_description(oid, 'pg_class')) as line
        from relation where relkind <> 'i'
        union all
        select format('%s.%s %s %s %s %s', relname, attname, format_type(atttypid, atttypmod), attnotnull,
            (select pg_get_expr(adbin, adrelid) from pg_attrdef where adrelid = attrelid and adnum = attnum),
            col_description(attrelid, attnum))
        from pg_attribute join relation on relation.oid = attrelid
        where attnum > 0 and not attisdropped and relkind <> 'i'
        union all
        select format('%s %s', conrelid::regclass, pg_get_constraintdef(c.oid))
        from pg_constraint as c join relation on relation.oid = conrelid
        union all
        select pg_get_indexdef(relation.oid) from relation where relkind in ('i', 'I')
        union all
        select format('%s as %s', relname, pg_get_viewdef(oid)) from relation where relkind = 'v'
        union all
        select pg_get_functiondef(oid) from pg_proc where pronamespace = 'public'::regnamespace
        union all
        select pg_get_triggerdef(t.oid) from pg_trigger as t join relation on relation.oid = tgrelid
        where not tgisinternal
      ) as lines order by line collate "C"
      """;

  private static List<String> newest;

  @BeforeAll
  static void lookAtANewInstallation() {
    newest = Sql.texts(TestDatabase.create(), SCHEMA);
  }

  static List<String> states() {
    return Migrator.states(TestDatabase.createEmpty());
  }

  /** One database stays in each state for a moment, in which a site of that state comes about. */
  @Test
  void rowsOfEveryStateAreKeptAndTablesBecomeThoseOfANewInstallation() {
    DatabaseUrl url = TestDatabase.createEmpty();
    Map<String, Integer> sown = new TreeMap<>();

    for (String state : states()) {
      new Migrator(url).migrateTo(state);
      sow(url).forEach(table -> sown.merge(table, 1, Integer::sum));
    }

    assertThat(Sql.texts(url, SCHEMA)).isEqualTo(newest);
    assertThat(sown).hasSize(SEED.size()).containsEntry("site", states().size());
    assertThat(REAPED)
        .allSatisfy(
            about ->
                assertThat(Sql.text(url, about.sql()))
                    .as(about.table())
                    .isEqualTo(String.valueOf(sown.get(about.table()))));
  }

  @Test
  void whoeverWritesMeanwhileWaitsForNoReaderThatTheChangeWaitsFor() throws Throwable {
    DatabaseUrl url = TestDatabase.createEmpty();
    new Migrator(url).migrateTo("050");
    sow(url);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (Connection reader = url.dataSource().getConnection();
        Statement reading = reader.createStatement()) {
      reader.setAutoCommit(false);
      reading.execute("select * from visit");
      CompletableFuture<Void> upgrade =
          CompletableFuture.runAsync(new Migrator(url)::migrate, thread);
      eventually(
          () ->
              assertThat(
                      Sql.texts(
                          url,
                          "select 1 from pg_locks where not granted and relation = 'visit'::regclass"))
                  .isNotEmpty());

      Sql.execute(
          url,
          "set statement_timeout = '60s'; insert into visit select * from visit as older limit 1");

      assertThat(upgrade).isNotDone();
      reader.rollback();
      upgrade.get(60, TimeUnit.SECONDS);
    } finally {
      thread.shutdownNow();
    }
    assertThat(Sql.texts(url, "select count(*) from visit")).containsExactly("2");
    assertThat(Sql.texts(url, SCHEMA)).isEqualTo(newest);
  }

  @ParameterizedTest
  @MethodSource("statesOfWriters")
  void theInboxOfAnOlderVersionIsWrittenWhileEveryLaterChangeIsMade(String state) throws Throwable {
    DatabaseUrl url = TestDatabase.createEmpty();
    new Migrator(url).migrateTo(state);
    sow(url);
    long sown = Long.parseLong(Sql.text(url, "select count(*) from hit"));
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try (Writer writer = new Writer(url)) {
      CompletableFuture<Void> writing = CompletableFuture.runAsync(writer, threads);
      eventually(() -> assertThat(writer.written()).isPositive());

      new Migrator(url).migrate();

      int soFar = writer.written();
      eventually(() -> assertThat(writer.written()).isGreaterThan(soFar));
      writer.stop();
      writing.get(60, TimeUnit.SECONDS);
      assertThat(Sql.texts(url, "select count(*) from hit"))
          .containsExactly(Long.toString(sown + writer.written()));
      assertThat(Sql.texts(url, SCHEMA)).isEqualTo(newest);
    } finally {
      threads.shutdownNow();
    }
  }

  /**
   * The first with all columns of a hit that the inbox fills, one in the middle, and the last but
   * one.
   */
  static Stream<String> statesOfWriters() {
    List<String> states = states();
    return Stream.of("007", "050", states.get(states.size() - 2));
  }

  /**
   * An inbox that writes one hit after the other over one connection, with its statement prepared.
   */
  private static final class Writer implements Runnable, AutoCloseable {
    private final Connection connection;
    private final AtomicInteger written = new AtomicInteger();
    private volatile boolean over;

    Writer(DatabaseUrl url) throws SQLException {
      connection = url.dataSource().getConnection();
    }

    int written() {
      return written.get();
    }

    void stop() {
      over = true;
    }

    @Override
    public void run() {
      try (var statement =
          connection.prepareStatement(
              """
              insert into hit (site_id, slot, visit, visitor, at, step, kind, page_id, engaged_ms,
                interactive, by_cookie, client_id, place_id, referrer_id, campaign_id)
              values (1, 2, ?, 12, now(), 0, 0, 7, 0, true, false, 1, 1, 1, 1)
              """)) {
        while (!over) {
          statement.setLong(1, written.get());
          statement.execute();
          written.incrementAndGet();
        }
      } catch (SQLException failure) {
        throw new IllegalStateException(failure);
      }
    }

    @Override
    public void close() throws SQLException {
      over = true;
      connection.close();
    }
  }

  /** Adds a site, and says which tables have a row more. */
  private static List<String> sow(DatabaseUrl url) {
    List<String> tables =
        Sql.texts(url, "select relname from pg_class where relnamespace = 'public'::regnamespace");
    int site = 1 + Integer.parseInt(Sql.text(url, "select count(*) from site"));
    List<About> possible = SEED.stream().filter(about -> tables.contains(about.table())).toList();
    Sql.execute(
        url,
        possible.stream()
            .map(about -> about.sql().formatted(site))
            .collect(Collectors.joining(";")));
    return possible.stream().map(About::table).toList();
  }
}
