package dk.sporlos.stats;

import dk.sporlos.site.SiteId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collector;

/**
 * Follows visits from their first view of a page in both directions. Events are passed over, and a
 * page viewed again at once is viewed once.
 */
final class PathVisits {

  private final int[] pages;
  private final Map<Integer, Integer> same;
  private final int depth;
  private final PathTree before;
  private final PathTree after;

  /**
   * @param pages numbers of the page, in order; several if it is on several hosts
   * @param same for pages that are on several hosts, the number that stands for all of them
   */
  PathVisits(int[] pages, Map<Integer, Integer> same, int depth) {
    this.pages = pages;
    this.same = same;
    this.depth = depth;
    this.before = new PathTree(depth);
    this.after = new PathTree(depth);
  }

  /** Those from which visits came, the nearest first. */
  PathTree before() {
    return before;
  }

  /** Those to which visits went, the nearest first. */
  PathTree after() {
    return after;
  }

  /**
   * Follows the visits of a period; this with what was found.
   *
   * @param filter which visits count
   */
  Future<PathVisits> follow(
      SqlConnection connection, SiteId site, Period period, VisitFilter.Known filter) {
    Parameters parameters = new Parameters(site, period, List.of());
    String sql =
        "with "
            + filter.visited()
            + "\nselect visited.steps from visited where "
            + StepSearch.condition(pages, parameters.tuple())
            + " and "
            + filter.sql(parameters);
    return connection
        .preparedQuery(sql)
        .collecting(Collector.<Row, PathVisits>of(() -> this, PathVisits::add, (a, b) -> a))
        .execute(parameters.tuple())
        .map(this);
  }

  private void add(Row row) {
    add(new Steps(row.getBuffer(0)));
  }

  private void add(Steps steps) {
    int[] viewed = new int[steps.count()];
    int count = 0;
    int from = -1;
    for (int step = 0; step < steps.count(); step++) {
      if (!steps.isView(step)) {
        continue;
      }
      int page = steps.page(step);
      int number = same.getOrDefault(page, page);
      if (count == 0 || viewed[count - 1] != number) {
        viewed[count++] = number;
      }
      if (from < 0 && Arrays.binarySearch(pages, page) >= 0) {
        from = count - 1;
      }
    }
    if (from >= 0) {
      after.add(Arrays.copyOfRange(viewed, from + 1, Math.min(count, from + 1 + depth)));
      before.add(backwards(viewed, from));
    }
  }

  private int[] backwards(int[] viewed, int from) {
    int[] backwards = new int[Math.min(from, depth)];
    for (int i = 0; i < backwards.length; i++) {
      backwards[i] = viewed[from - 1 - i];
    }
    return backwards;
  }
}
