package dk.sporlos.stats;

import dk.sporlos.door.Reason;
import dk.sporlos.site.Site;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.util.List;

/**
 * What of a site was not counted, by day and reason, and what was left out of that which was, by
 * day and kind.
 */
final class RefusedBeacons implements Report {

  private static final List<String> KEYS = List.of("site_id", "date_range");

  private static final String REFUSED =
      """
      select day, reason, detail, count from refusal
      where site_id = $1 and day between $2 and $3
      order by day, count desc, reason, detail
      """;

  private static final String CLEANED =
      """
      select day, kind, count from cleaned
      where site_id = $1 and day between $2 and $3
      order by day, count desc, kind
      """;

  private final Pool pool;
  private final Clock clock;

  RefusedBeacons(Pool pool, Clock clock) {
    this.pool = pool;
    this.clock = clock;
  }

  @Override
  public Future<JsonObject> about(Site site, JsonObject document) {
    ReportReading.refuseOthers(document, KEYS);
    DateRange range = ReportReading.range(document, DateRange.Named.LAST_30_DAYS);
    return ReportReading.in(
        pool,
        connection ->
            ReportReading.period(connection, site, range, clock, Live.INBOX)
                .compose(period -> answer(connection, site, period)));
  }

  private static Future<JsonObject> answer(SqlConnection connection, Site site, Period period) {
    return refused(connection, site, period)
        .compose(
            refused ->
                cleaned(connection, site, period)
                    .map(
                        cleaned ->
                            new JsonObject()
                                .put("refused", refused)
                                .put("cleaned", cleaned)
                                .put("reasons", reasons(refused))
                                .put(
                                    "meta", new JsonObject().put("date_range", period.moments()))));
  }

  private static Future<JsonArray> refused(SqlConnection connection, Site site, Period period) {
    return connection
        .preparedQuery(REFUSED)
        .execute(Parameters.days(site.id(), period))
        .map(
            rows -> {
              JsonArray refused = new JsonArray();
              rows.forEach(
                  row ->
                      refused.add(
                          new JsonObject()
                              .put("day", row.getLocalDate("day").toString())
                              .put("reason", row.getString("reason"))
                              .put("detail", row.getString("detail"))
                              .put("count", row.getLong("count"))));
              return refused;
            });
  }

  private static Future<JsonArray> cleaned(SqlConnection connection, Site site, Period period) {
    return connection
        .preparedQuery(CLEANED)
        .execute(Parameters.days(site.id(), period))
        .map(
            rows -> {
              JsonArray cleaned = new JsonArray();
              rows.forEach(
                  row ->
                      cleaned.add(
                          new JsonObject()
                              .put("day", row.getLocalDate("day").toString())
                              .put("kind", row.getString("kind"))
                              .put("count", row.getLong("count"))));
              return cleaned;
            });
  }

  /** What the reasons mean that are named; nothing of one that another version wrote. */
  private static JsonObject reasons(JsonArray refused) {
    JsonObject reasons = new JsonObject();
    for (Reason reason : Reason.values()) {
      boolean named =
          refused.stream()
              .map(JsonObject.class::cast)
              .anyMatch(one -> reason.label().equals(one.getString("reason")));
      if (named) {
        reasons.put(reason.label(), reason.words());
      }
    }
    return reasons;
  }
}
