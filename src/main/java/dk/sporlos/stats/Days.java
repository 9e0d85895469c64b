package dk.sporlos.stats;

import dk.sporlos.site.Site;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which days of a period are read from totals, and which from visits.
 *
 * @param months first days of the months whose totals are read
 * @param sealed further days whose totals are read
 * @param open days whose visits are read
 */
record Days(List<LocalDate> months, List<LocalDate> sealed, List<LocalDate> open) {

  Days {
    months = List.copyOf(months);
    sealed = List.copyOf(sealed);
    open = List.copyOf(open);
  }

  /*
   * Totals of a day are read if they are as the visits are, or if its visits are gone. Those of a
   * month are the sums of its days that are sealed: they are read if none of these is to be computed
   * again. Days of the month that are not sealed have no part in it, and are read from visits.
   */
  private static final String KNOWN =
      """
      select (select visits_complete_from from site where id = $1) as complete_from,
        exists (
          select from interruption where site_id = $1 and day between $2 and $3) as interrupted,
        (select array_agg(day) filter (where not due) from sealed_day
          where site_id = $1 and day between $2 and $3) as sealed,
        (select array_agg(day) filter (where due) from sealed_day
          where site_id = $1 and day between $2 and $3) as due,
        (select array_agg(month) from sealed_month
          where site_id = $1 and month between $2 and $3) as months,
        (select array_agg(name) from property where site_id = $1) as properties,
        md5(concat_ws('/',
          (select string_agg(concat_ws(' ', day, due, xmin), ',' order by day) from sealed_day
            where site_id = $1 and day between $2 and $3),
          (select string_agg(concat_ws(' ', month, xmin), ',' order by month) from sealed_month
            where site_id = $1 and month between $2 and $3),
          (select string_agg(concat_ws(' ', id, xmin), ',' order by id) from import
            where site_id = $1),
          (select string_agg(concat_ws(' ', name, xmin), ',' order by name) from property
            where site_id = $1),
          (select count(*) from interruption where site_id = $1 and day between $2 and $3),
          (select xmin from site where id = $1))) as stamp
      """;

  /**
   * What is known of the days of a period.
   *
   * @param completeFrom the first day of which all visits are there; null if none were deleted
   * @param interrupted whether a process lost its memory on one of them
   * @param sealed days whose totals are as their visits are
   * @param due days whose totals are not
   * @param months first days of months that are the sums of their days
   * @param properties names of those whose values are totalled
   * @param stamp another one whenever figures of sealed days may have changed: which transactions
   *     wrote last what says that they are sealed
   */
  record Known(
      @Nullable LocalDate completeFrom,
      boolean interrupted,
      Set<LocalDate> sealed,
      Set<LocalDate> due,
      Set<LocalDate> months,
      Set<String> properties,
      String stamp) {

    static Future<Known> of(SqlConnection connection, Site site, Period period) {
      return connection
          .preparedQuery(KNOWN)
          .execute(Parameters.days(site.id(), period))
          .map(rows -> of(rows.iterator().next()));
    }

    private static Known of(Row row) {
      return new Known(
          row.getLocalDate("complete_from"),
          row.getBoolean("interrupted"),
          set(row.getArrayOfLocalDates("sealed")),
          set(row.getArrayOfLocalDates("due")),
          set(row.getArrayOfLocalDates("months")),
          set(row.getArrayOfStrings("properties")),
          row.getString("stamp"));
    }

    private static <T> Set<T> set(T @Nullable [] values) {
      return values == null ? Set.of() : new HashSet<>(List.of(values));
    }

    private boolean areGone(LocalDate day) {
      return completeFrom != null && day.isBefore(completeFrom);
    }

    /** Whether nothing of a period is read that goes on changing. */
    boolean areSealed(Period period) {
      return period.firstDay().datesUntil(period.lastDay().plusDays(1)).allMatch(this::isSealed);
    }

    private boolean isSealed(LocalDate day) {
      return sealed.contains(day) || areGone(day);
    }
  }

  /**
   * The days of a period.
   *
   * @param byMonth whether a month may be read as a whole
   */
  static Days of(Known known, Period period, boolean byMonth) {
    Set<LocalDate> months = byMonth ? months(known, period) : Set.of();
    List<LocalDate> sealed = new ArrayList<>();
    List<LocalDate> open = new ArrayList<>();
    for (LocalDate day : period.firstDay().datesUntil(period.lastDay().plusDays(1)).toList()) {
      if (!known.isSealed(day)) {
        open.add(day);
      } else if (!months.contains(day.withDayOfMonth(1))) {
        sealed.add(day);
      }
    }
    return new Days(List.copyOf(months), sealed, open);
  }

  private static Set<LocalDate> months(Known known, Period period) {
    Set<LocalDate> months = new TreeSet<>(known.months());
    months.removeIf(month -> YearMonth.from(month).atEndOfMonth().isAfter(period.lastDay()));
    known.due().stream()
        .filter(day -> !known.areGone(day))
        .forEach(day -> months.remove(day.withDayOfMonth(1)));
    return months;
  }

  /** How many months and days are read from their totals, and how many days from visits. */
  JsonObject json() {
    return new JsonObject()
        .put("months", months.size())
        .put("days", sealed.size())
        .put("visits", open.size());
  }

  boolean hasTotals() {
    return !months.isEmpty() || !sealed.isEmpty();
  }
}
