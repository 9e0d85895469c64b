package dk.sporlos.stats;

import dk.sporlos.database.TestDatabase;
import dk.sporlos.fold.VisitSql;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A database of its own with sites, whose visits are still open or have ended. */
final class TestSites implements AutoCloseable {

  private static final String ADD_SITE =
      "insert into site (domain, timezone) values ($1, $2) returning id";
  private static final String ADD_PAGE =
      """
      insert into page (site_id, id, host, path)
      select $1, coalesce(max(id), 0) + 1, $2, $3 from page where site_id = $1
      on conflict do nothing
      """;
  private static final String ADD_EVENT_NAME =
      """
      insert into event_name (site_id, id, name)
      select $1, coalesce(max(id), 0) + 1, $2 from event_name where site_id = $1
      on conflict do nothing
      """;
  private static final String ADD_HIT =
      """
      insert into hit (site_id, slot, visit, visitor, at, step, kind, page_id, name_id, engaged_ms,
        interactive, by_cookie)
      select $1, extract(hour from $4::timestamptz)::int % 8, $2, $3, $4, $5, $6,
        (select id from page where site_id = $1 and host = $7 and path = $8),
        (select id from event_name where site_id = $1 and name = $9), $10, $11, false
      """;
  private static final String FOLD =
      """
      with gone as (delete from hit where site_id = $1 returning *)
      insert into visit (id, visitor, hour, site_id, day, entry_page, exit_page, views, events,
        seconds, bounced, steps)
      select (random() * 9e18)::bigint, visitor, hour, site_id, day, entry_page, exit_page, views,
        events, seconds, bounced, steps
      from (
      %s) as ended
      """
          .formatted(VisitSql.of("gone"));

  private final Pool pool;
  private long visits;

  private TestSites(Pool pool) {
    this.pool = pool;
  }

  static TestSites create(Vertx vertx) {
    return new TestSites(
        PgBuilder.pool()
            .using(vertx)
            .connectingTo(TestDatabase.create().connectOptions())
            .with(new PoolOptions().setMaxSize(4))
            .build());
  }

  Pool pool() {
    return pool;
  }

  /** Makes room for the ended visits of a month. */
  TestSites month(String month) {
    YearMonth first = YearMonth.parse(month);
    pool.query(
            "create table visit_%s partition of visit for values from ('%s') to ('%s')"
                .formatted(month.replace('-', '_'), first.atDay(1), first.plusMonths(1).atDay(1)))
        .execute()
        .await();
    return this;
  }

  Site site(String domain, String zone) {
    int id =
        pool.preparedQuery(ADD_SITE)
            .execute(Tuple.of(domain, zone))
            .map(rows -> rows.iterator().next().getInteger("id"))
            .await();
    return new Site(new SiteId(id), domain, ZoneId.of(zone), false);
  }

  /** Visits that ended and were folded. */
  void ended(Site site, TestVisit... visits) {
    open(site, visits);
    pool.preparedQuery(FOLD).execute(Tuple.of(site.id().value())).await();
  }

  /** Visits that are still in the inbox. Each view is followed by an engagement. */
  void open(Site site, TestVisit... visits) {
    List<TestVisit.Step> steps =
        Arrays.stream(visits).flatMap(visit -> visit.steps().stream()).toList();
    if (steps.isEmpty()) {
      return;
    }
    addAll(ADD_PAGE, steps.stream().map(s -> Tuple.of(site.id().value(), s.host(), s.path())));
    addAll(
        ADD_EVENT_NAME,
        steps.stream().filter(s -> !s.isView()).map(s -> Tuple.of(site.id().value(), s.event())));
    addAll(ADD_HIT, Arrays.stream(visits).flatMap(visit -> hits(site, visit)));
  }

  private Stream<Tuple> hits(Site site, TestVisit visit) {
    long number = ++visits;
    List<Tuple> hits = new ArrayList<>();
    for (int i = 0; i < visit.steps().size(); i++) {
      TestVisit.Step step = visit.steps().get(i);
      OffsetDateTime at = visit.began().plusSeconds(step.after()).atOffset(ZoneOffset.UTC);
      Tuple place = Tuple.of(site.id().value(), number, visit.visitor());
      hits.add(hit(place, at, i, step.isView() ? 0 : 1, step, 0));
      if (step.isView()) {
        hits.add(hit(place, at.plusSeconds(17), i, 2, step, 17_000));
      }
    }
    return hits.stream();
  }

  private static Tuple hit(
      Tuple visit, OffsetDateTime at, int place, int kind, TestVisit.Step step, int engaged) {
    return Tuple.tuple(
        Arrays.asList(
            visit.getValue(0),
            visit.getValue(1),
            visit.getValue(2),
            at,
            place,
            kind,
            step.host(),
            step.path(),
            step.event(),
            engaged,
            kind != 2 && step.interactive()));
  }

  private void addAll(String sql, Stream<Tuple> rows) {
    List<Tuple> batch = rows.distinct().toList();
    if (!batch.isEmpty()) {
      pool.preparedQuery(sql).executeBatch(batch).await();
    }
  }

  @Override
  public void close() {
    pool.close().await();
  }
}
