package dk.sporlos.goal;

import dk.sporlos.site.SiteId;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;

/** Has totals computed again that do not know a goal or property yet, as far as visits reach. */
final class Resealing {

  private static final String MARK_DUE =
      """
      update sealed_day set due = true
      where site_id = $1 and not due and day >= coalesce(
        (select visits_complete_from from site where id = $1), '-infinity'::date)
      """;

  private Resealing() {}

  /** Marks the sealed days of a site, in the transaction of what they do not know. */
  static Future<Void> markDue(SqlClient connection, SiteId site) {
    return connection.preparedQuery(MARK_DUE).execute(Tuple.of(site.value())).mapEmpty();
  }
}
