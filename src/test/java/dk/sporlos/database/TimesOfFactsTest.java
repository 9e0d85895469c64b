package dk.sporlos.database;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.testing.TestPool;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How precisely the tables can hold when something happened. */
class TimesOfFactsTest {
  private static final String TIMES =
      """
      select table_name || '.' || column_name || ' ' || udt_name || ' '
        || coalesce(datetime_precision, 0) as column
      from information_schema.columns
      where table_schema = current_schema() and table_name in ('visit', 'event', 'hit')
        and udt_name in ('date', 'time', 'timetz', 'timestamp', 'timestamptz', 'interval')
      order by table_name, column_name
      """;

  @Test
  void aVisitHasItsDayAndHourAndAHitItsSecond() {
    try (TestPool database = TestPool.of(TestDatabase.create())) {
      List<String> columns = new ArrayList<>();
      database
          .pool()
          .query(TIMES)
          .execute()
          .await()
          .forEach(row -> columns.add(row.getString("column")));

      assertThat(columns)
          .containsExactly(
              "event.day date 0",
              "hit.at timestamptz 0",
              "visit.day date 0",
              "visit.hour timestamptz 0");
    }
  }
}
