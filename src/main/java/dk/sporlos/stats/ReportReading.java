package dk.sporlos.stats;

import dk.sporlos.site.Recognising;
import dk.sporlos.site.Site;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** What the reports have in common: how they read their documents and the database. */
final class ReportReading {

  private static final String COMPLETE_FROM = "select visits_complete_from from site where id = $1";

  private static final String FIRST_DAY =
      """
      select least(
        (select min(day) from visit where site_id = $1),
        (%s),
        (select min(day) from daily where site_id = $1)
      ) as day
      where $2::text is not null
      """;

  private ReportReading() {}

  /** Reads in one transaction that changes nothing and takes no longer than a caller waits. */
  static <T> Future<T> in(Pool pool, Function<SqlConnection, Future<T>> reading) {
    return pool.withTransaction(
        connection ->
            connection
                .query(Stats.LIMITS.formatted(Stats.LONGEST.toMillis()))
                .execute()
                .compose(limited -> reading.apply(connection)));
  }

  /** The same, from a replica if there is one that will do. */
  static <T> Future<T> in(Reads reads, Function<Reads.Source, Future<T>> reading) {
    return reads.in(Stats.LIMITS.formatted(Stats.LONGEST.toMillis()), reading);
  }

  /** Refuses members of a document that nobody knows. */
  static void refuseOthers(JsonObject document, List<String> known) {
    for (String key : document.fieldNames()) {
      if (!known.contains(key)) {
        throw Place.ROOT.at(key).refusal("Schema does not allow additional properties.");
      }
    }
  }

  /** The time that a document asks about; if it names none, the usual one. */
  static DateRange range(JsonObject document, DateRange usual) {
    return document.containsKey("date_range")
        ? DateRangeParser.parse(Place.ROOT.at("date_range"), document.getValue("date_range"))
        : usual;
  }

  /** What the time that a document asks about means at a site now. */
  static Future<Period> period(Reads.Source source, Site site, DateRange range, Clock clock) {
    Future<Live> live =
        range == DateRange.Named.ALL ? source.live(site.id()) : Future.succeededFuture(Live.NONE);
    return live.compose(known -> period(source.connection(), site, range, clock, known));
  }

  /**
   * The same.
   *
   * @param live where visits are read that may go on, should it depend on which was the first
   */
  static Future<Period> period(
      SqlConnection connection, Site site, DateRange range, Clock clock, Live live) {
    ZonedDateTime now = clock.instant().atZone(site.zone());
    if (range != DateRange.Named.ALL) {
      return Future.succeededFuture(range.at(now, now.toLocalDate()));
    }
    return connection
        .preparedQuery(FIRST_DAY.formatted(live.firstDay()))
        .execute(Tuple.of(site.id().value(), site.zone().getId()))
        .map(rows -> rows.iterator().next().getLocalDate("day"))
        .map(day -> range.at(now, Objects.requireNonNullElse(day, now.toLocalDate())));
  }

  /** Refuses a question about visits to a site that joins nothing to visits. */
  static void refuseWithoutVisits(Site site) {
    if (site.privacy().recognising() == Recognising.NONE) {
      throw new InvalidQueryException(
          "The site recognises nobody, so page views and events are not joined to visits, and there"
              + " is nothing to follow.");
    }
  }

  /** What is made of the visits of a period that pass a filter. */
  @FunctionalInterface
  interface OfVisits {
    Future<JsonObject> answer(Period period, VisitFilter.Known filter);
  }

  /** Answers by single visits, and says beside it of which they are. */
  static Future<JsonObject> ofVisits(
      Reads.Source source,
      Site site,
      DateRange range,
      VisitFilter filter,
      Clock clock,
      OfVisits report) {
    SqlConnection connection = source.connection();
    return period(source, site, range, clock)
        .compose(
            period ->
                meta(connection, site, period)
                    .compose(
                        meta ->
                            refuseIfHopeless(connection, site, period)
                                .compose(passed -> source.live(site.id()))
                                .compose(live -> filter.lookUp(connection, site.id(), period, live))
                                .compose(known -> report.answer(period, known))
                                .map(answer -> answer.put("meta", source.noteTo(meta)))));
  }

  private static Future<?> refuseIfHopeless(SqlConnection connection, Site site, Period period) {
    return Cost.ofReport(connection, site, period)
        .map(
            cost -> {
              cost.refuseIfHopeless(period, Stats.LONGEST);
              return cost;
            });
  }

  /**
   * What is said beside figures made of single visits: the period, and from when visits are there.
   *
   * <p>Fails with {@link InvalidQueryException} if no visit of the period can be there.
   */
  private static Future<JsonObject> meta(SqlConnection connection, Site site, Period period) {
    return connection
        .preparedQuery(COMPLETE_FROM)
        .execute(Tuple.of(site.id().value()))
        .map(
            rows -> {
              LocalDate from = rows.iterator().next().getLocalDate("visits_complete_from");
              JsonObject meta = new JsonObject().put("date_range", period.moments());
              if (from == null || !from.isAfter(period.firstDay())) {
                return meta;
              }
              if (from.isAfter(period.lastDay())) {
                throw new InvalidQueryException(
                    "The visits of this range are deleted, and their totals do not say in which"
                        + " order steps were taken: ask from "
                        + from
                        + " on.");
              }
              return meta.put("data_from", from.toString());
            });
  }
}
