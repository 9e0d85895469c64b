package dk.sporlos.stats;

import dk.sporlos.seal.Figure;
import dk.sporlos.site.SiteId;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The SQL of exact figures that are rounded for outsiders: a row for each day, {@code d0}, and each
 * value of a dimension, {@code d1}.
 */
record CellSql(String text, Tuple parameters) {

  private static final List<String> TALLIED = List.of(TallySql.COLUMNS.split(",\\s*"));

  private static final List<Figure> FIGURES =
      Arrays.stream(Figure.values()).filter(figure -> TALLIED.contains(figure.column())).toList();

  private static final String SUMS =
      FIGURES.stream()
          .map(Figure::column)
          .map(column -> "coalesce(sum(%1$s), 0)::numeric as %1$s".formatted(column))
          .collect(Collectors.joining(", "));

  /**
   * @param plan whose first dimension is the day
   * @param sources from which all of its days are read
   */
  static CellSql of(SiteId site, Plan plan, Period period, Sources sources, Lookups lookups) {
    Query query = plan.query();
    Parameters parameters = new Parameters(site, period, plan.goalNames());
    TallySql tally = new TallySql(plan, sources, parameters, new FilterSql(parameters, lookups));
    Part part = new Part("", query.dimensions(), plan.filter(), query.metrics());
    String keys = String.join(", ", TallySql.keys(query.dimensions()));
    String text =
        "with "
            + QuerySql.visited(sources, period, parameters)
            + ",\n"
            + tally.of(part)
            + "\nselect "
            + keys
            + ", "
            + SUMS
            + "\nfrom tally\ngroup by "
            + keys;
    return new CellSql(text, parameters.tuple());
  }

  static LocalDate day(Row row) {
    return row.getLocalDate("d0");
  }

  /** The figures of a row, each at its place among {@link Figure}. */
  @SuppressWarnings("EnumOrdinal") // places in arrays that no other process sees
  static long[] figures(Row row) {
    long[] figures = new long[Figure.values().length];
    for (Figure figure : FIGURES) {
      figures[figure.ordinal()] = row.getBigDecimal(figure.column()).longValue();
    }
    return figures;
  }
}
