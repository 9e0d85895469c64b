package dk.sporlos.seal;

import dk.sporlos.database.Turn;
import dk.sporlos.site.Audit;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import dk.sporlos.site.SiteStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Deletes what a site's profile does not keep any longer, and writes down that it did. */
public final class Retention {
  static final String ACTOR = "retention";
  private static final String VISITS = "visit";

  /*
   * Days of visits past their life, up to the first that is not sealed: figures outlive visits, and
   * what is kept of them has no holes. A day whose visits are gone already has those that came late.
   */
  private static final String DAYS =
      """
      select visit.day, count(*) as rows,
        coalesce(bool_and(not sealed_day.due), false)
          or coalesce(bool_and(visit.day < site.visits_complete_from), false) as sealed
      from visit
      join site on site.id = visit.site_id
      left join sealed_day on sealed_day.site_id = visit.site_id and sealed_day.day = visit.day
      where visit.site_id = $1 and visit.day < $2
      group by visit.day
      order by visit.day
      """;

  /*
   * Asked again in the transaction that deletes, for a late visit may have been folded since, which
   * is in no total yet. The row of the site is held before that of the day, as an import does.
   */
  private static final String HOLD_SITE =
      "select visits_complete_from from site where id = $1 for no key update";

  private static final String HOLD_DAY =
      "select due from sealed_day where site_id = $1 and day = $2 for update";

  private static final String DELETE_EVENTS = "delete from event where site_id = $1 and day = $2";
  private static final String DELETE_VISITS = "delete from visit where site_id = $1 and day = $2";

  static final String RAISE =
      """
      update site set visits_complete_from = greatest(visits_complete_from, $2::date + 1)
      where id = $1
      """;

  /** A table of totals, and the column by which it is past its life. */
  private record Totals(String table, String column) {

    String count() {
      return "select count(*), min(%1$s), max(%1$s) from %2$s where site_id = $1 and %1$s < $2"
          .formatted(column, table);
    }

    String delete() {
      return "delete from %s where site_id = $1 and %s < $2".formatted(table, column);
    }
  }

  private static final List<Totals> TOTALS =
      List.of(
          new Totals("daily", "day"),
          new Totals("sealed_month", "month"),
          new Totals("monthly", "month"),
          new Totals("sealed_day", "day"),
          new Totals("interruption", "day"),
          new Totals("return_gap", "day"),
          new Totals("cohort", "week"),
          new Totals("vital", "day"),
          new Totals("refusal", "day"),
          new Totals("cleaned", "day"),
          new Totals("import", "last_day"),
          new Totals("audit", "at"));

  private static final int LOCK = 7310005;

  private final Turn turn;
  private final Pool pool;
  private final SiteStore sites;
  private final Clock clock;
  private final VisitMonths months;
  private final RetentionMeters measured;

  /**
   * What is past its life.
   *
   * @param what name of a table
   * @param first first day concerned; null if it is not about days
   * @param last last day concerned; null likewise
   */
  public record Due(
      Site site, String what, @Nullable LocalDate first, @Nullable LocalDate last, long rows) {

    private boolean isVisits() {
      return what.equals(VISITS);
    }
  }

  /**
   * @param turns for {@link Turn}
   */
  public Retention(Pool turns, Pool pool, SiteStore sites, Clock clock) {
    this.turn = new Turn(turns, LOCK);
    this.pool = pool;
    this.sites = sites;
    this.clock = clock;
    this.months = new VisitMonths(pool);
    this.measured = new RetentionMeters(clock);
  }

  /** Shows how its runs go. */
  public void bindTo(MeterRegistry meters) {
    measured.bindTo(meters);
  }

  /** What would be deleted now. */
  public Future<List<Due>> due() {
    return sites
        .all()
        .compose(
            all -> {
              Future<List<Due>> found = Future.succeededFuture(new ArrayList<>());
              List<Site> some = new ArrayList<>(all);
              some.add(new Site(SiteId.INSTALLATION, "(installation)", ZoneOffset.UTC, false));
              for (Site site : some) {
                found =
                    found.compose(
                        before ->
                            due(site)
                                .map(
                                    more -> {
                                      before.addAll(more);
                                      return before;
                                    }));
              }
              return found;
            });
  }

  /**
   * Deletes it, one process at a time.
   *
   * @return how many rows
   */
  public Future<Long> run() {
    return turn.takeIfFree(
        () ->
            measured.count(
                dropMonths()
                    .compose(
                        dropped -> due().compose(this::delete).map(deleted -> dropped + deleted))),
        0L);
  }

  /**
   * Months that are over for long, so that no fold still writes into them as a matter of course.
   */
  private Future<Long> dropMonths() {
    YearMonth recent = YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC)).minusMonths(1);
    return sites
        .all()
        .compose(
            all -> {
              LocalDate kept =
                  all.stream()
                      .map(this::oldestVisit)
                      .min(LocalDate::compareTo)
                      .orElse(recent.atDay(1));
              return months.drop(recent, kept);
            });
  }

  private LocalDate oldestVisit(Site site) {
    return LocalDate.ofInstant(clock.instant(), site.zone()).minusDays(site.privacy().visitDays());
  }

  private Future<List<Due>> due(Site site) {
    Future<List<Due>> found =
        pool.preparedQuery(DAYS)
            .execute(Tuple.of(site.id().value(), oldestVisit(site)))
            .map(
                rows -> {
                  List<Due> days = new ArrayList<>();
                  for (Row row : rows) {
                    if (!row.getBoolean("sealed")) {
                      break;
                    }
                    LocalDate day = row.getLocalDate("day");
                    days.add(new Due(site, VISITS, day, day, row.getLong("rows")));
                  }
                  return days;
                });
    for (Totals totals : TOTALS) {
      found =
          found.compose(
              before ->
                  pool.preparedQuery(totals.count())
                      .execute(Tuple.of(site.id().value(), oldestTotal(site, totals)))
                      .map(
                          rows -> {
                            long count = rows.iterator().next().getLong(0);
                            if (count > 0) {
                              Object first = rows.iterator().next().getValue(1);
                              Object last = rows.iterator().next().getValue(2);
                              before.add(
                                  new Due(site, totals.table(), day(first), day(last), count));
                            }
                            return before;
                          }));
    }
    return found;
  }

  private static LocalDate day(Object value) {
    return value instanceof LocalDate day ? day : ((OffsetDateTime) value).toLocalDate();
  }

  private Object oldestTotal(Site site, Totals totals) {
    LocalDate oldest =
        LocalDate.ofInstant(clock.instant(), site.zone()).minusMonths(site.privacy().totalMonths());
    return totals.column().equals("at")
        ? oldest.atStartOfDay(ZoneOffset.UTC).toOffsetDateTime()
        : oldest;
  }

  private Future<Long> delete(List<Due> due) {
    Set<SiteId> waiting = new HashSet<>();
    Future<Long> deleted = Future.succeededFuture(0L);
    for (Due one : due) {
      deleted =
          deleted.compose(
              before ->
                  (one.isVisits() ? deleteVisits(one, waiting) : deleteTotals(one))
                      .map(count -> before + count));
    }
    return deleted;
  }

  /**
   * Deletes the visits of a day.
   *
   * @param waiting sites of which a day has to wait, and so each that comes after it
   */
  private Future<Long> deleteVisits(Due due, Set<SiteId> waiting) {
    if (waiting.contains(due.site().id())) {
      return Future.succeededFuture(0L);
    }
    return pool.withTransaction(
        connection ->
            isSealed(connection, due)
                .compose(
                    whole -> {
                      if (!whole) {
                        waiting.add(due.site().id());
                        return Future.succeededFuture(0L);
                      }
                      return audited(connection, due, deleteVisits(connection, due));
                    }));
  }

  /** Whether totals have all that the visits say; it stays so until the end of the transaction. */
  private static Future<Boolean> isSealed(SqlConnection connection, Due due) {
    int site = due.site().id().value();
    return connection
        .preparedQuery(HOLD_SITE)
        .execute(Tuple.of(site))
        .compose(
            rows -> {
              LocalDate complete = rows.size() == 0 ? null : rows.iterator().next().getLocalDate(0);
              return complete != null && complete.isAfter(due.first())
                  ? Future.succeededFuture(true)
                  : connection
                      .preparedQuery(HOLD_DAY)
                      .execute(Tuple.of(site, due.first()))
                      .map(days -> days.size() == 1 && !days.iterator().next().getBoolean(0));
            });
  }

  private static Future<Long> deleteVisits(SqlConnection connection, Due due) {
    Tuple day = Tuple.of(due.site().id().value(), due.first());
    return connection
        .preparedQuery(RAISE)
        .execute(day)
        .compose(raised -> connection.preparedQuery(DELETE_EVENTS).execute(day))
        .compose(gone -> connection.preparedQuery(DELETE_VISITS).execute(day))
        .map(rows -> (long) rows.rowCount());
  }

  private Future<Long> deleteTotals(Due due) {
    return pool.withTransaction(
        connection -> audited(connection, due, deleteTotals(connection, due)));
  }

  private static Future<Long> audited(SqlConnection connection, Due due, Future<Long> deletion) {
    return deletion.compose(
        rows ->
            Audit.add(
                    connection,
                    due.site().id(),
                    new Audit.Line(ACTOR, "delete", due.what(), due.first(), due.last(), rows))
                .map(rows));
  }

  private Future<Long> deleteTotals(SqlConnection connection, Due due) {
    Totals totals =
        TOTALS.stream().filter(one -> one.table().equals(due.what())).findFirst().orElseThrow();
    return connection
        .preparedQuery(totals.delete())
        .execute(Tuple.of(due.site().id().value(), oldestTotal(due.site(), totals)))
        .map(SqlResult::rowCount)
        .map(Long::valueOf);
  }
}
