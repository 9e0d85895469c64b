package dk.sporlos.stats;

import dk.sporlos.goal.Goal;
import dk.sporlos.site.SiteId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collector;
import org.jspecify.annotations.Nullable;

/** Follows visits through the steps of a funnel. */
final class FunnelVisits {

  /*
   * PostgreSQL finds the visits that may begin the funnel, and sends their steps; which of them are
   * reached, and in which order, is seen here. Unpacking steps there takes several microseconds a
   * visit, sending them less than one, and reading them here next to nothing.
   */
  private static final String PROPERTIES =
      "said%d as (select visit, array_agg(step) as steps from %s where properties @> $%d group by visit)";

  private static final String JOIN = "\nleft join said%1$d on said%1$d.visit = visited.visit";

  private final List<Target> targets;

  /** Column of the steps that have the properties of each target; -1 if it asks for none. */
  private final int[] columns;

  private FunnelVisits(List<Target> targets) {
    this.targets = targets;
    this.columns = new int[targets.size()];
  }

  /**
   * How many visits of a period reach each of the goals after those before it.
   *
   * @param filter which visits count
   */
  static Future<long[]> reached(
      SqlConnection connection,
      SiteId site,
      Period period,
      List<Goal> goals,
      VisitFilter.Known filter) {
    List<Target> targets = new ArrayList<>();
    Future<Void> known = Future.succeededFuture();
    for (Goal goal : goals) {
      known =
          known
              .compose(before -> Target.of(connection, site, goal))
              .onSuccess(targets::add)
              .mapEmpty();
    }
    Parameters parameters = new Parameters(site, period, List.of());
    return known.compose(all -> new FunnelVisits(targets).count(connection, parameters, filter));
  }

  private Future<long[]> count(
      SqlConnection connection, Parameters parameters, VisitFilter.Known filter) {
    String sql = sql(parameters.tuple(), filter) + " and " + filter.sql(parameters);
    Collector<Row, long[], long[]> counting =
        Collector.of(() -> new long[targets.size()], this::add, FunnelVisits::sum);
    return connection
        .preparedQuery(sql)
        .collecting(counting)
        .execute(parameters.tuple())
        .map(SqlResult::value);
  }

  private String sql(Tuple parameters, VisitFilter.Known filter) {
    StringBuilder with = new StringBuilder("with ").append(filter.visited());
    StringBuilder selected = new StringBuilder("visited.steps");
    StringBuilder joins = new StringBuilder();
    int column = 1;
    for (int i = 0; i < targets.size(); i++) {
      columns[i] = -1;
      if (targets.get(i).asksForProperties()) {
        columns[i] = column++;
        parameters.addValue(targets.get(i).properties());
        with.append(",\n").append(PROPERTIES.formatted(i, filter.said(), parameters.size()));
        selected.append(", said").append(i).append(".steps");
        joins.append(JOIN.formatted(i));
      }
    }
    return with
        + "\nselect "
        + selected
        + "\nfrom visited"
        + joins
        + "\nwhere "
        + targets.get(0).search(parameters);
  }

  private void add(long[] reached, Row row) {
    Steps steps = new Steps(row.getBuffer(0));
    int next = 0;
    for (int step = 0; step < steps.count() && next < targets.size(); step++) {
      if (targets.get(next).isReachedBy(steps, step) && saysSo(row, columns[next], step)) {
        reached[next++]++;
      }
    }
  }

  /** Whether a step has the properties that are asked for, if any are. */
  private static boolean saysSo(Row row, int column, int step) {
    if (column < 0) {
      return true;
    }
    Integer @Nullable [] steps = row.getArrayOfIntegers(column);
    if (steps != null) {
      for (int said : steps) {
        if (said == step) {
          return true;
        }
      }
    }
    return false;
  }

  private static long[] sum(long[] some, long[] others) {
    long[] sum = some.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += others[i];
    }
    return sum;
  }
}
