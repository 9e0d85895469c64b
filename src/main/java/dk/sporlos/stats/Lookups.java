package dk.sporlos.stats;

import dk.sporlos.site.SiteId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What the comparisons of a query come down to: numbers of dictionary rows, or values of a
 * property.
 */
final class Lookups {

  /*
   * Visits hold numbers, so a value is looked for once in its dictionary and then compared as a
   * number. A regular expression of a stranger is tried here, in time linear in the text, and never
   * by the database.
   */
  private static final int MOST_VALUES = 200_000;

  /** How long the regular expressions of a query may take. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final String PROPERTY_VALUES =
      """
      select distinct coalesce(properties ->> %1$s, '(none)') as value
      from (
        select properties from event where site_id = $1 and day between $2 and $3
        union all
        %3$s
      ) as said
      where properties is not null and $4::timestamptz <= $5::timestamptz
      limit %2$d""";

  private final Map<Filter.Compare, List<Integer>> numbers = new HashMap<>();
  private final Map<Filter.Compare, List<String>> values = new HashMap<>();

  private final Live live;
  private final Duration patience;
  private long spent;

  private Lookups(Live live, Duration patience) {
    this.live = live;
    this.patience = patience;
  }

  /**
   * Looks up the comparisons of a filter.
   *
   * @param live where visits are read that may go on
   */
  static Future<Lookups> of(
      SqlConnection connection, SiteId site, Period period, Live live, Filter filter) {
    return of(connection, site, period, filter, new Lookups(live, PATIENCE));
  }

  /**
   * @param patience how long its regular expressions may take
   */
  static Future<Lookups> of(
      SqlConnection connection, SiteId site, Period period, Filter filter, Duration patience) {
    return of(connection, site, period, filter, new Lookups(Live.INBOX, patience));
  }

  private static Future<Lookups> of(
      SqlConnection connection, SiteId site, Period period, Filter filter, Lookups lookups) {
    Future<Void> done = Future.succeededFuture();
    for (Filter.Compare comparison :
        filter.allComparisons().map(Filter.Compare::positive).collect(Collectors.toSet())) {
      done = done.compose(before -> lookups.look(connection, site, period, comparison));
    }
    return done.map(lookups);
  }

  /** Where visits are read that may go on. */
  Live live() {
    return live;
  }

  /** Numbers of the dictionary rows that fit; 0 if it fits that nothing is known. */
  List<Integer> numbers(Filter.Compare comparison) {
    return Objects.requireNonNull(numbers.get(comparison.positive()), "not looked up");
  }

  /** Values of a property that fit a regular expression. */
  List<String> values(Filter.Compare comparison) {
    return Objects.requireNonNull(values.get(comparison.positive()), "not looked up");
  }

  private Future<Void> look(
      SqlConnection connection, SiteId site, Period period, Filter.Compare comparison) {
    Parameters parameters = new Parameters(site, period, List.of());
    if (comparison.attribute() instanceof Property property) {
      if (comparison.operator().hasSql()) {
        return Future.succeededFuture();
      }
      String sql =
          PROPERTY_VALUES.formatted(
              parameters.add(property.key()) + "::text", MOST_VALUES + 1, live.properties());
      return connection
          .preparedQuery(sql)
          .execute(parameters.tuple())
          .compose(rows -> fitting(rows, comparison))
          .map(rows -> rows.stream().map(row -> row.getString("value")).toList())
          .onSuccess(fitting -> values.put(comparison, fitting))
          .mapEmpty();
    }
    Dimension dimension = (Dimension) comparison.attribute();
    return connection
        .preparedQuery(sql(dimension, comparison, parameters))
        .execute(parameters.tuple())
        .compose(
            rows ->
                comparison.operator().hasSql()
                    ? Future.succeededFuture(list(rows))
                    : fitting(rows, comparison))
        .map(rows -> rows.stream().map(row -> row.getInteger("id")).toList())
        .onSuccess(fitting -> numbers.put(comparison, fitting))
        .mapEmpty();
  }

  private static String sql(Dimension dimension, Filter.Compare comparison, Parameters parameters) {
    Dimension.Of of = dimension.of();
    String value = parameters.fill(dimension.expression());
    if (!comparison.operator().hasSql()) {
      return "select %s as id, %s as value from %s where %2$s is not null and %s"
          .formatted(of.id(), value, of.rows(), allParameters());
    }
    String clauses =
        parameters.addTexts(
            comparison.clauses().stream().map(comparison.operator()::operand).toList());
    return "select %s as id from %s where %s and %s"
        .formatted(
            of.id(),
            of.rows(),
            comparison.operator().sql(value, clauses, comparison.caseSensitive()),
            allParameters());
  }

  /** Names the parameters that a dictionary has no use for, since each must have a type. */
  private static String allParameters() {
    return "($2::date, $3::date, $4::timestamptz, $5::timestamptz) is not null";
  }

  /** Regular expressions take their time, which no event loop has. */
  private Future<List<Row>> fitting(RowSet<Row> rows, Filter.Compare comparison) {
    if (rows.size() > MOST_VALUES) {
      throw new InvalidQueryException(
          "%s has too many values for a regular expression. Use `contains` instead."
              .formatted(comparison.attribute().word()));
    }
    Context context = Objects.requireNonNull(Vertx.currentContext(), "called by the client");
    return context.executeBlocking(() -> fittingRows(rows, comparison.fits()), false);
  }

  /** One after the other, for comparisons are looked up one after the other. */
  private List<Row> fittingRows(RowSet<Row> rows, Predicate<String> fits) {
    long began = System.nanoTime();
    List<Row> fitting = new ArrayList<>();
    for (Row row : rows) {
      if (spent + System.nanoTime() - began > patience.toNanos()) {
        throw new InvalidQueryException(
            "The regular expressions take longer than %d seconds. Write simpler ones, or use `contains`."
                .formatted(patience.toSeconds()));
      }
      if (fits.test(row.getString("value"))) {
        fitting.add(row);
      }
    }
    spent += System.nanoTime() - began;
    return fitting;
  }

  private static List<Row> list(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false).toList();
  }
}
