package dk.sporlos.seal;

import dk.sporlos.site.SiteId;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.Collection;

/**
 * Totals of an import's own for days of which no visits are kept: rows of table {@code daily} with
 * the import as their origin. Whatever else the days have stays as it is.
 */
public final class ImportedTotals {

  /*
   * Such a day counts as sealed, if it did not before, so that its totals are read; its month is
   * summed again. Hits without a visit that wait for a day to be sealed would be left over by that,
   * hence the question.
   */
  private static final String ENTER =
      """
      insert into sealed_day (site_id, day, due) values ($1, $2, false)
      on conflict (site_id, day) do nothing
      """;

  private static final String HAVE_WAITING_HITS =
      """
      select exists (
        select from hit
        join site on site.id = hit.site_id
        where site_id = $1 and visit = 0 and slot = 8
          and (at at time zone timezone)::date = any ($2::date[])
          and not exists (
            select from sealed_day
            where sealed_day.site_id = $1 and sealed_day.day = (at at time zone timezone)::date))
      """;

  private ImportedTotals() {}

  /**
   * Computes the totals of days from passing visits, in the transaction that wrote these, see
   * {@link dk.sporlos.fold.PastVisits}.
   */
  public static Future<Void> compute(
      SqlConnection connection, SiteId site, Collection<LocalDate> days) {
    Future<?> computed = Future.succeededFuture();
    for (LocalDate day : days) {
      Tuple which = Tuple.of(site.value(), day);
      computed = computed.compose(before -> Seal.add(connection, which));
    }
    return computed.mapEmpty();
  }

  /**
   * Waits until nobody changes totals; until the transaction's end nobody else does. What may wait
   * for a row that this transaction holds must not hold this: so it comes before any such row.
   */
  public static Future<Void> hold(SqlConnection connection) {
    return connection.query(Seals.WAIT_FOR_LOCK).execute().mapEmpty();
  }

  /** Whether days are still to be sealed for hits that have no visit. */
  public static Future<Boolean> areAwaited(
      SqlConnection connection, SiteId site, Collection<LocalDate> days) {
    return connection
        .preparedQuery(HAVE_WAITING_HITS)
        .execute(Tuple.of(site.value()).addArrayOfLocalDate(days.toArray(LocalDate[]::new)))
        .map(rows -> rows.iterator().next().getBoolean(0));
  }

  /** Has the totals of days read, and their months summed again, while totals are held. */
  public static Future<Void> enter(
      SqlConnection connection, SiteId site, Collection<LocalDate> days) {
    Future<?> entered = Future.succeededFuture();
    for (LocalDate day : days) {
      Tuple which = Tuple.of(site.value(), day);
      entered =
          entered
              .compose(before -> connection.preparedQuery(ENTER).execute(which))
              .compose(known -> Seal.breakMonth(connection, which));
    }
    return entered.mapEmpty();
  }
}
