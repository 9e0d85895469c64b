package dk.sporlos.stats;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was read about a period.
 *
 * @param totalRows how many rows there are on all pages; null if not asked for
 */
record Read(List<Answer.Row> rows, @Nullable Long totalRows, Coverage coverage) {
  Read {
    rows = List.copyOf(rows);
  }

  /** About how many bytes it takes in memory. */
  int weight() {
    Days days = coverage.sources().days();
    int weight = 2_000;
    if (days != null) {
      weight += 32 * (days.months().size() + days.sealed().size() + days.open().size());
    }
    for (Answer.Row row : rows) {
      weight += 100 + 32 * row.metrics().size();
      for (String value : row.dimensions()) {
        weight += 50 + 2 * value.length();
      }
    }
    return weight;
  }
}
