package dk.sporlos.stats;

import dk.sporlos.database.TestDatabase;
import dk.sporlos.door.EndedVisit;
import dk.sporlos.fold.Fold;
import dk.sporlos.fold.Partitions;
import dk.sporlos.fold.Snapshots;
import dk.sporlos.site.Profile;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import dk.sporlos.site.SiteStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
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
  private static final String ADD_CLIENT =
      """
      insert into client (site_id, id, browser, browser_version, os, os_version, device, screen,
        language)
      select $1, coalesce(max(id), 0) + 1, $2, $3, $4, $5, $6, $7, $8 from client where site_id = $1
      on conflict do nothing
      """;
  private static final String ADD_PLACE =
      """
      insert into place (site_id, id, country, region, city)
      select $1, coalesce(max(id), 0) + 1, $2, $3, $4 from place where site_id = $1
      on conflict do nothing
      """;
  private static final String ADD_REFERRER =
      """
      insert into referrer (site_id, id, channel, source, host, path)
      select $1, coalesce(max(id), 0) + 1, $2, $3, $4, '' from referrer where site_id = $1
      on conflict do nothing
      """;
  private static final String ADD_CAMPAIGN =
      """
      insert into campaign (site_id, id, source, medium, name, content, term)
      select $1, coalesce(max(id), 0) + 1, $2, $3, $4, $5, $6 from campaign where site_id = $1
      on conflict do nothing
      """;
  private static final String ADD_HIT =
      """
      insert into hit (site_id, slot, visit, visitor, at, step, kind, page_id, name_id, engaged_ms,
        interactive, by_cookie, scroll, properties, revenue, currency)
      select $1, extract(hour from $4::timestamptz at time zone 'UTC')::int % 8, $2, $3, $4, $5, $6,
        (select id from page where site_id = $1 and host = $7 and path = $8),
        (select id from event_name where site_id = $1 and name = $9), $10, $11, false,
        $12, $13, $14, $15
      """;
  private static final String MARK =
      """
      update hit set
        client_id = (select id from client where site_id = $1 and (browser, browser_version, os,
          os_version, device, screen, language) = ($3, $4, $5, $6, $7, $8, $9)),
        place_id = (select id from place where site_id = $1 and (country, region, city)
          = ($10, $11, $12)),
        referrer_id = (select id from referrer where site_id = $1 and (channel, source, host)
          = ($13, $14, $15)),
        campaign_id = (select id from campaign where site_id = $1 and (source, medium, name,
          content, term) = ($16, $17, $18, $19, $20))
      where site_id = $1 and visit = $2 and step = 0 and kind <> 2
      """;

  private static final String ALONE =
      """
      update hit set visit = 0, visitor = 0, slot = 8, client_id = opening.client_id,
        place_id = opening.place_id, referrer_id = opening.referrer_id,
        campaign_id = opening.campaign_id
      from hit as opening
      where hit.site_id = $1 and opening.site_id = $1 and hit.visit <> 0
        and opening.visit = hit.visit and opening.step = 0 and opening.kind <> 2
      """;

  private static final List<Dimension> CLIENT =
      List.of(
          Dimension.VISIT_BROWSER,
          Dimension.VISIT_BROWSER_VERSION,
          Dimension.VISIT_OS,
          Dimension.VISIT_OS_VERSION,
          Dimension.VISIT_DEVICE,
          Dimension.VISIT_SCREEN,
          Dimension.VISIT_LANGUAGE);
  private static final List<Dimension> PLACE =
      List.of(Dimension.VISIT_COUNTRY, Dimension.VISIT_REGION, Dimension.VISIT_CITY);
  private static final List<Dimension> REFERRER =
      List.of(Dimension.VISIT_CHANNEL, Dimension.VISIT_SOURCE, Dimension.VISIT_REFERRER);
  private static final List<Dimension> CAMPAIGN =
      List.of(
          Dimension.VISIT_UTM_SOURCE,
          Dimension.VISIT_UTM_MEDIUM,
          Dimension.VISIT_UTM_CAMPAIGN,
          Dimension.VISIT_UTM_CONTENT,
          Dimension.VISIT_UTM_TERM);

  private final Vertx vertx;
  private final Pool pool;
  private final Partitions partitions;
  private final Fold fold;
  private long visits;

  private TestSites(Vertx vertx, Pool pool) {
    this.vertx = vertx;
    this.pool = pool;
    this.partitions = new Partitions(pool);
    Clock later = Clock.fixed(Instant.parse("2200-01-01T00:00:00Z"), ZoneOffset.UTC);
    this.fold = new Fold(pool, partitions, new SplittableRandom(7), later);
  }

  static TestSites create(Vertx vertx) {
    return new TestSites(
        vertx,
        PgBuilder.pool()
            .using(vertx)
            .connectingTo(TestDatabase.create().connectOptions())
            .with(new PoolOptions().setMaxSize(4))
            .build());
  }

  Pool pool() {
    return pool;
  }

  /** Snapshots of the inbox, as a process of its own has them made. */
  Snapshots snapshots(Clock clock) {
    return new Snapshots(vertx, pool, clock, new SimpleMeterRegistry());
  }

  /** Statistics that are read from snapshots of the inbox. */
  Stats stats(Clock clock) {
    return new Stats(pool, new Reads(pool, snapshots(clock)), clock, new SimpleMeterRegistry());
  }

  /** Makes room for the ended visits of a month. */
  TestSites month(String month) {
    YearMonth first = YearMonth.parse(month);
    partitions.ensure(first.atDay(1), first.atEndOfMonth()).await();
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
    long first = this.visits + 1;
    open(site, visits);
    List<EndedVisit> ended = new ArrayList<>();
    for (TestVisit visit : visits) {
      ended.add(new EndedVisit(site.id(), first + ended.size(), visit.began()));
    }
    fold.fold(ended).await();
  }

  /** Folds visits that are in the inbox; they are numbered from 1 as they were put in. */
  Future<Integer> fold(Site site, Instant began, long first, long last) {
    return fold.fold(
        LongStream.rangeClosed(first, last)
            .mapToObj(visit -> new EndedVisit(site.id(), visit, began))
            .toList());
  }

  /** Visits that are still in the inbox. Each view is followed by an engagement. */
  void open(Site site, TestVisit... visits) {
    int id = site.id().value();
    List<TestVisit.Step> steps =
        Arrays.stream(visits).flatMap(visit -> visit.steps().stream()).toList();
    addAll(ADD_PAGE, steps.stream().map(s -> Tuple.of(id, s.host(), s.path())));
    addAll(
        ADD_EVENT_NAME, steps.stream().filter(s -> !s.isView()).map(s -> Tuple.of(id, s.event())));
    addAll(ADD_CLIENT, Arrays.stream(visits).flatMap(visit -> row(site, visit, CLIENT)));
    addAll(ADD_PLACE, Arrays.stream(visits).flatMap(visit -> row(site, visit, PLACE)));
    addAll(ADD_REFERRER, Arrays.stream(visits).flatMap(visit -> row(site, visit, REFERRER)));
    addAll(ADD_CAMPAIGN, Arrays.stream(visits).flatMap(visit -> row(site, visit, CAMPAIGN)));
    long first = this.visits + 1;
    addAll(ADD_HIT, Arrays.stream(visits).flatMap(visit -> hits(site, visit)));
    List<Tuple> marks = new ArrayList<>();
    for (int i = 0; i < visits.length; i++) {
      if (!visits[i].marks().isEmpty()) {
        marks.add(marks(site, first + i, visits[i]));
      }
    }
    addAll(MARK, marks.stream());
  }

  /** A site that recognises nobody. */
  Site strictSite(String domain, String zone) {
    return Objects.requireNonNull(
        new SiteStore(pool).add(domain, ZoneId.of(zone), false, Profile.STRICT).await());
  }

  /** Hits of a site that recognises nobody: what is told as visits is not joined. */
  void alone(Site site, TestVisit... visits) {
    open(site, visits);
    pool.preparedQuery(ALONE).execute(Tuple.of(site.id().value())).await();
  }

  /** What a dictionary holds of a visit; nothing if nothing is known. */
  private static Stream<Tuple> row(Site site, TestVisit visit, List<Dimension> columns) {
    if (columns.stream().noneMatch(visit.marks()::containsKey)) {
      return Stream.empty();
    }
    Tuple row = Tuple.of(site.id().value());
    columns.forEach(column -> row.addValue(visit.marks().getOrDefault(column, "")));
    return Stream.of(row);
  }

  private static Tuple marks(Site site, long number, TestVisit visit) {
    Tuple row = Tuple.of(site.id().value(), number);
    Stream.of(CLIENT, PLACE, REFERRER, CAMPAIGN)
        .flatMap(List::stream)
        .forEach(column -> row.addValue(visit.marks().getOrDefault(column, "")));
    return row;
  }

  private Stream<Tuple> hits(Site site, TestVisit visit) {
    long number = ++visits;
    List<Tuple> hits = new ArrayList<>();
    for (int i = 0; i < visit.steps().size(); i++) {
      TestVisit.Step step = visit.steps().get(i);
      OffsetDateTime at = visit.began().plusSeconds(step.after()).atOffset(ZoneOffset.UTC);
      Tuple place = Tuple.of(site.id().value(), number, visit.visitor());
      hits.add(hit(place, at, i, step.isView() ? 0 : 1, step));
      if (step.isView()) {
        hits.add(hit(place, at.plusSeconds(step.reading().seconds()), i, 2, step));
      }
    }
    return hits.stream();
  }

  private static Tuple hit(
      Tuple visit, OffsetDateTime at, int place, int kind, TestVisit.Step step) {
    boolean engagement = kind == 2;
    TestVisit.Said said = engagement ? TestVisit.Said.NOTHING : step.said();
    JsonObject properties = new JsonObject();
    said.properties().forEach(properties::put);
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
            engagement ? step.reading().seconds() * 1000 : 0,
            !engagement && step.interactive(),
            engagement ? step.reading().scroll() : null,
            properties.isEmpty() ? null : properties,
            said.amount(),
            said.currency()));
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
