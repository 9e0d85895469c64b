package dk.sporlos.stats;

import dk.sporlos.seal.Figure;
import dk.sporlos.site.CookieLife;
import dk.sporlos.site.Privacy;
import dk.sporlos.site.Site;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/**
 * How exact a figure of people is.
 *
 * @param share part of the visits whose browser is counted exactly, from 0 to 1
 */
record People(Exactness exactness, double share) {

  /** What is added up in a figure of people. */
  enum Exactness {
    /** Each browser once: all keep a cookie, and the range is no longer than it lives. */
    EXACT,

    /**
     * No less than the true figure: some keep no cookie and count once a day, or came back later
     * than a cookie lives, or too few stood behind a batch to say when they came last.
     */
    BOUNDED,

    /** Nobody keeps a cookie, and daily visitors are added up. */
    SUM_OF_DAYS
  }

  private static final String RETURNED =
      """
      select coalesce(sum(browsers), 0)::bigint as browsers,
        coalesce(sum(browsers) filter (where gap = -1), 0)::bigint as unknown
      from return_gap where site_id = $1 and day between $2 and $3
      """;

  private static final String VISITS =
      """
      with %s
      select coalesce(sum(visits), 0)::bigint as visits,
        coalesce(sum(consented), 0)::bigint as consented
      from (
        select 1 as visits, by_cookie::int as consented from visited%s
      ) as counted
      """;

  /**
   * How exact it is for a period.
   *
   * @param sources what the figures of the period are read from
   */
  static Future<People> of(SqlConnection connection, Site site, Period period, Sources sources) {
    Parameters parameters = new Parameters(site.id(), period, List.of());
    String visits =
        VISITS.formatted(
            QuerySql.visited(sources, period, parameters),
            Totals.whole(sources.days(), List.of(Figure.VISITS, Figure.CONSENTED), parameters));
    return connection
        .preparedQuery(RETURNED)
        .execute(Parameters.days(site.id(), period))
        .map(rows -> rows.iterator().next())
        .compose(
            returned ->
                connection
                    .preparedQuery(visits)
                    .execute(parameters.tuple())
                    .map(rows -> people(site, period, returned, rows.iterator().next())));
  }

  private static People people(Site site, Period period, Row returned, Row visited) {
    long visits = visited.getLong("visits");
    long consented = visited.getLong("consented");
    double share = visits == 0 ? 0 : (double) consented / visits;
    if (returned.getLong("browsers") == 0) {
      return new People(Exactness.SUM_OF_DAYS, share);
    }
    boolean exact =
        returned.getLong("unknown") == 0
            && consented == visits
            && !period.lastDay().isAfter(lastExactDay(site.privacy(), period.firstDay()));
    return new People(exact ? Exactness.EXACT : Exactness.BOUNDED, share);
  }

  /** The last day on which a cookie of the first may still be brought, whatever the visits. */
  private static LocalDate lastExactDay(Privacy privacy, LocalDate first) {
    return privacy.cookieLife() == CookieLife.FIXED
        ? first.plusMonths(Privacy.COOKIE_MONTHS).minusDays(7)
        : first.plusDays(privacy.cookieDays());
  }

  JsonObject json() {
    return new JsonObject()
        .put("exactness", exactness.name().toLowerCase(Locale.ROOT))
        .put("share", Math.round(share * 1_000) / 1_000.0);
  }
}
