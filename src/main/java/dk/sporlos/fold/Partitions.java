package dk.sporlos.fold;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.time.LocalDate;
import java.time.Period;
import java.time.YearMonth;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The monthly partitions of tables {@code visit} and {@code event}, made before they are needed.
 */
public final class Partitions {

  // Any number does that nobody else uses; two processes must not make the same partition at once.
  private static final String LOCK = "select pg_advisory_xact_lock(7310001)";

  private static final List<String> TABLES = List.of("visit", "event");

  private final Pool pool;
  private final Set<YearMonth> existing = ConcurrentHashMap.newKeySet();

  public Partitions(Pool pool) {
    this.pool = pool;
  }

  /** Makes sure that visits of these days, and what is said of their steps, have a place. */
  public Future<Void> ensure(Collection<LocalDate> days) {
    Set<YearMonth> missing = new TreeSet<>();
    days.forEach(day -> missing.add(YearMonth.from(day)));
    missing.removeAll(existing);
    return missing.isEmpty() ? Future.succeededFuture() : create(missing);
  }

  /** Makes sure that visits of every day from one to another, both included, have a place. */
  public Future<Void> ensure(LocalDate from, LocalDate to) {
    List<LocalDate> months =
        from.withDayOfMonth(1).datesUntil(to.plusDays(1), Period.ofMonths(1)).toList();
    return ensure(months);
  }

  /** Forgets which are there: one may have been dropped since it was seen. */
  public void forget() {
    existing.clear();
  }

  private Future<Void> create(Set<YearMonth> months) {
    return pool.withTransaction(
            connection -> {
              Future<?> done = connection.query(LOCK).execute();
              for (YearMonth month : months) {
                done = done.compose(before -> connection.query(creating(month)).execute());
              }
              return done;
            })
        .onSuccess(created -> existing.addAll(months))
        .mapEmpty();
  }

  /** The statements that make those of a month. */
  public static String creating(YearMonth month) {
    return TABLES.stream().map(table -> creating(table, month)).collect(Collectors.joining("; "));
  }

  /** The names of those of a month. */
  static List<String> names(YearMonth month) {
    return TABLES.stream().map(table -> name(table, month)).toList();
  }

  private static String name(String table, YearMonth month) {
    return "%s_%d_%02d".formatted(table, month.getYear(), month.getMonthValue());
  }

  /*
   * Rows of visits die only when a finished day is written again in another order, redacted or
   * deleted, and should then be gone: autovacuum, which looks once a minute, need not wait for more.
   */
  private static String creating(String table, YearMonth month) {
    return """
    create table if not exists %2$s partition of %1$s
    for values from ('%3$s') to ('%4$s')
    with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 0)
    """
        .formatted(table, name(table, month), month.atDay(1), month.plusMonths(1).atDay(1));
  }
}
