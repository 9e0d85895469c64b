package dk.sporlos.intake;

import dk.sporlos.door.Returns.Return;
import dk.sporlos.intake.ReturnCounts.Batch;
import io.vertx.sqlclient.Tuple;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The statement that writes a batch of returning browsers, once. */
final class ReturnSql {
  private static final int UNKNOWN_GAP = -1;

  static final String ADD =
      """
      with fresh as (
        insert into batch (site_id, hour, id) values (0, $1, $2)
        on conflict do nothing
        returning id
      ),
      gaps as (
        insert into return_gap (browsers, site_id, day, gap)
        select browsers, $3, $4, gap
        from unnest($5::int[], $6::bigint[]) as counted (gap, browsers)
        where exists (select from fresh)
        on conflict (site_id, day, gap) do update
        set browsers = return_gap.browsers + excluded.browsers
      )
      insert into cohort (browsers, site_id, first_week, week)
      select browsers, $3, first_week, $7
      from unnest($8::date[], $9::bigint[]) as counted (first_week, browsers)
      where exists (select from fresh)
      on conflict (site_id, first_week, week) do update
      set browsers = cohort.browsers + excluded.browsers
      """;

  private ReturnSql() {}

  static Tuple parameters(Batch batch) {
    boolean says = batch.waiting().browsers() >= ReturnCounts.FEWEST;
    LocalDate monday = mondayOf(batch.day().day());
    Map<Integer, Long> gaps = new TreeMap<>();
    long firstIssued = 0;
    Map<LocalDate, Long> weeks = new TreeMap<>();
    long newThisWeek = 0;
    for (Map.Entry<Return, Long> entry : batch.waiting().counts().entrySet()) {
      Integer gap = entry.getKey().gap();
      if (gap == null) {
        firstIssued += entry.getValue();
      } else {
        gaps.merge(gap, entry.getValue(), Long::sum);
      }
      if (gap == null || batch.day().day().minusDays(gap).isBefore(monday)) {
        weeks.merge(entry.getKey().firstWeek(), entry.getValue(), Long::sum);
        newThisWeek += entry.getValue();
      }
    }
    List<@Nullable Integer> gapValues = new ArrayList<>();
    List<Long> gapCounts = new ArrayList<>();
    List<@Nullable LocalDate> weekValues = new ArrayList<>();
    List<Long> weekCounts = new ArrayList<>();
    if (says) {
      gapValues.addAll(gaps.keySet());
      gapCounts.addAll(gaps.values());
      if (firstIssued > 0) {
        gapValues.add(null);
        gapCounts.add(firstIssued);
      }
      weekValues.addAll(weeks.keySet());
      weekCounts.addAll(weeks.values());
    } else {
      gapValues.add(UNKNOWN_GAP);
      gapCounts.add(batch.waiting().browsers());
      if (newThisWeek > 0) {
        weekValues.add(null);
        weekCounts.add(newThisWeek);
      }
    }
    return Tuple.of(Inbox.hour(batch.drawn()), batch.id())
        .addInteger(batch.day().site().value())
        .addLocalDate(batch.day().day())
        .addArrayOfInteger(gapValues.toArray(Integer[]::new))
        .addArrayOfLong(gapCounts.toArray(Long[]::new))
        .addLocalDate(monday)
        .addArrayOfLocalDate(weekValues.toArray(LocalDate[]::new))
        .addArrayOfLong(weekCounts.toArray(Long[]::new));
  }

  private static LocalDate mondayOf(LocalDate day) {
    return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
  }
}
