package dk.sporlos.transfer;

import dk.sporlos.fold.PastVisits;
import dk.sporlos.seal.ImportedTotals;
import dk.sporlos.site.Audit;
import dk.sporlos.site.SiteId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Table {@code import}: what was imported, and how it is taken back. */
public final class Imports {
  static final String ACTOR = "import";

  private static final String COLUMNS =
      "site_id, id, at, first_day, last_day, lines, visits, views, events";

  private static final String ADD =
      """
      insert into import (site_id, at, first_day, last_day, lines, visits, views, events)
      values ($1, $2, $3, $4, $5, $6, $7, $8)
      returning id
      """;

  private static final String OF_SITE =
      "select %s from import where site_id = $1 order by id".formatted(COLUMNS);

  private static final String BY_ID =
      "select %s from import where id = $1 for update".formatted(COLUMNS);

  private static final String DELETE_VISITS =
      """
      with gone as (
        delete from visit
        where site_id = $1 and day between $2 and $3 and origin = $4
        returning id, day
      ),
      said as (
        delete from event using gone
        where event.site_id = $1 and event.day = gone.day and event.visit = gone.id
      )
      select count(*) from gone
      """;

  /*
   * Totals go by origin, so those of an import go whole; also where a day's own visits are gone and
   * its totals cannot be computed again.
   */
  private static final String DELETE_TOTALS =
      """
      with of_months as (
        delete from monthly where site_id = $1 and origin = $2
      )
      delete from daily where site_id = $1 and origin = $2
      """;

  private static final String FORGET = "delete from import where site_id = $1 and id = $2";

  private final Pool pool;

  public Imports(Pool pool) {
    this.pool = pool;
  }

  /** The imports into a site, the oldest first. */
  public Future<List<Imported>> of(SiteId site) {
    return pool.preparedQuery(OF_SITE)
        .execute(Tuple.of(site.value()))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false).map(Imports::imported).toList());
  }

  /**
   * Takes an import back: its visits, what is said of their steps, and its totals. Days that are
   * sealed are sealed again without it.
   *
   * @return what was taken back; null if there is no such import
   */
  public Future<@Nullable Imported> undo(int id) {
    return pool.withTransaction(
        connection ->
            connection
                .preparedQuery(BY_ID)
                .execute(Tuple.of(id))
                .compose(
                    rows ->
                        rows.size() == 0
                            ? Future.succeededFuture()
                            : ImportedTotals.hold(connection)
                                .compose(
                                    held -> undo(connection, imported(rows.iterator().next())))));
  }

  private static Future<@Nullable Imported> undo(SqlConnection connection, Imported imported) {
    int site = imported.site().value();
    Tuple visits = Tuple.of(site, imported.first(), imported.last(), imported.id());
    Tuple own = Tuple.of(site, imported.id());
    return connection
        .preparedQuery(DELETE_VISITS)
        .execute(visits)
        .map(rows -> rows.iterator().next().getLong(0))
        .compose(
            gone ->
                connection
                    .preparedQuery(DELETE_TOTALS)
                    .execute(own)
                    .compose(deleted -> connection.preparedQuery(FORGET).execute(own))
                    .compose(
                        forgotten ->
                            Audit.add(
                                connection,
                                imported.site(),
                                new Audit.Line(
                                    "command line",
                                    "undo import",
                                    "import " + imported.id(),
                                    imported.first(),
                                    imported.last(),
                                    gone))))
        .compose(
            written ->
                PastVisits.markDue(
                    connection,
                    imported.site(),
                    imported.first().datesUntil(imported.last().plusDays(1)).toList()))
        .map(imported);
  }

  /** Enters an import, in the transaction that writes its visits; its number. */
  static Future<Integer> add(SqlConnection connection, Imported entry) {
    return connection
        .preparedQuery(ADD)
        .execute(
            Tuple.of(
                entry.site().value(),
                entry.at(),
                entry.first(),
                entry.last(),
                entry.lines(),
                entry.visits(),
                entry.views(),
                entry.events()))
        .map(rows -> rows.iterator().next().getInteger("id"));
  }

  private static Imported imported(Row row) {
    return new Imported(
        new SiteId(row.getInteger("site_id")),
        row.getInteger("id"),
        row.getOffsetDateTime("at"),
        row.getLocalDate("first_day"),
        row.getLocalDate("last_day"),
        row.getInteger("lines"),
        row.getInteger("visits"),
        row.getLong("views"),
        row.getLong("events"));
  }
}
