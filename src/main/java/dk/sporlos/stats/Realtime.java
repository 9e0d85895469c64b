package dk.sporlos.stats;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dk.sporlos.intake.Inbox;
import dk.sporlos.site.Recognising;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Who is at a site: how many viewed a page in the last five minutes, which pages and where they
 * came from, and the last half hour by minute.
 *
 * <p>An answer is given again for some seconds, so that many who watch a site cost as much as one.
 */
final class Realtime implements Report {

  private static final List<String> KEYS = List.of("site_id");
  private static final Duration NOW = Duration.ofMinutes(5);
  private static final Duration FRESH = Duration.ofSeconds(5);
  private static final int MINUTES = 30;
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  /** The slots keep it from reading hours of the inbox. */
  private static final String BY_MINUTE =
      """
      select date_trunc('minute', at) as minute,
        count(distinct visitor) filter (where visit <> 0) as visitors, count(*) as views
      from hit
      where site_id = $1 and slot = any ($2) and at >= $3 and kind = 0
      group by minute
      """;

  private static final String VISITORS =
      """
      select count(distinct visitor) as visitors from hit
      where site_id = $1 and slot = any ($2) and at > $3 and kind = 0 and visit <> 0
      """;

  private static final String PAGES =
      """
      select page.path, count(distinct visitor) filter (where visit <> 0) as visitors,
        count(*) as views
      from hit
      join page on page.site_id = $1 and page.id = hit.page_id
      where hit.site_id = $1 and slot = any ($2) and at > $3 and kind = 0
      group by page.path
      order by visitors desc, views desc, page.path collate "C"
      limit 10
      """;

  /** What led to a visit stands at the hit that opened it, which may be hours old. */
  private static final String SOURCES =
      """
      select coalesce(nullif(referrer.source, ''), 'Direct / None') collate "C" as source,
        count(distinct present.visitor) as visitors
      from (
        select distinct visit, visitor from hit
        where site_id = $1 and slot = any ($2) and at > $3 and kind = 0 and visit <> 0
      ) as present
      left join hit as opening on opening.site_id = $1 and opening.visit = present.visit
        and opening.referrer_id is not null
      left join referrer on referrer.site_id = $1 and referrer.id = opening.referrer_id
      group by 1
      order by visitors desc, source
      limit 10
      """;

  private final Pool pool;
  private final Clock clock;
  private final Cache<SiteId, Future<JsonObject>> answersBySite;

  Realtime(Pool pool, Clock clock) {
    this.pool = pool;
    this.clock = clock;
    this.answersBySite =
        Caffeine.newBuilder()
            .expireAfterWrite(FRESH)
            .maximumSize(1_000)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .build();
  }

  @Override
  public Future<JsonObject> about(Site site, JsonObject document) {
    ReportReading.refuseOthers(document, KEYS);
    Future<JsonObject> answer =
        answersBySite.get(
            site.id(), id -> ReportReading.in(pool, connection -> answer(connection, site)));
    return answer
        .onFailure(failure -> answersBySite.asMap().remove(site.id(), answer))
        .map(JsonObject::copy);
  }

  private Future<JsonObject> answer(SqlConnection connection, Site site) {
    Instant now = clock.instant();
    boolean visitless = site.privacy().recognising() == Recognising.NONE;
    Instant first = now.truncatedTo(ChronoUnit.MINUTES).minus(MINUTES - 1, ChronoUnit.MINUTES);
    Tuple lately = parameters(site, visitless, now, now.minus(NOW));
    JsonObject answer = new JsonObject();
    return connection
        .preparedQuery(VISITORS)
        .execute(lately)
        .onSuccess(
            rows ->
                answer.put(
                    "visitors", visitless ? null : rows.iterator().next().getLong("visitors")))
        .compose(
            counted ->
                connection
                    .preparedQuery(BY_MINUTE)
                    .execute(parameters(site, visitless, now, first)))
        .onSuccess(rows -> answer.put("minutes", minutes(site, visitless, first, rows)))
        .compose(counted -> connection.preparedQuery(PAGES).execute(lately))
        .onSuccess(rows -> answer.put("pages", pages(visitless, rows)))
        .compose(counted -> connection.preparedQuery(SOURCES).execute(lately))
        .onSuccess(rows -> answer.put("sources", sources(rows)))
        .map(answer);
  }

  /** Hits without a visit stand in a slot of their own. */
  private static Tuple parameters(Site site, boolean visitless, Instant now, Instant since) {
    Short[] slots =
        visitless
            ? new Short[] {Inbox.WITHOUT_VISIT}
            : new Short[] {(short) Inbox.slot(now), (short) Inbox.slot(since)};
    return Tuple.of(site.id().value())
        .addArrayOfShort(slots)
        .addOffsetDateTime(since.atOffset(ZoneOffset.UTC));
  }

  private static JsonArray minutes(Site site, boolean visitless, Instant first, RowSet<Row> rows) {
    Map<Instant, Row> rowsByMinute = new HashMap<>();
    rows.forEach(row -> rowsByMinute.put(minute(row), row));
    JsonArray minutes = new JsonArray();
    for (int i = 0; i < MINUTES; i++) {
      Instant minute = first.plus(i, ChronoUnit.MINUTES);
      Row row = rowsByMinute.get(minute);
      long visitors = row == null ? 0 : row.getLong("visitors");
      minutes.add(
          new JsonObject()
              .put("minute", MINUTE.format(LocalDateTime.ofInstant(minute, site.zone())))
              .put("visitors", visitless ? null : visitors)
              .put("pageviews", row == null ? 0 : row.getLong("views")));
    }
    return minutes;
  }

  private static Instant minute(Row row) {
    OffsetDateTime minute = row.getOffsetDateTime("minute");
    return minute.toInstant();
  }

  private static JsonArray pages(boolean visitless, RowSet<Row> rows) {
    JsonArray pages = new JsonArray();
    rows.forEach(
        row ->
            pages.add(
                new JsonObject()
                    .put("page", row.getString("path"))
                    .put("visitors", visitless ? null : row.getLong("visitors"))
                    .put("pageviews", row.getLong("views"))));
    return pages;
  }

  private static JsonArray sources(RowSet<Row> rows) {
    JsonArray sources = new JsonArray();
    rows.forEach(
        row ->
            sources.add(
                new JsonObject()
                    .put("source", row.getString("source"))
                    .put("visitors", row.getLong("visitors"))));
    return sources;
  }
}
