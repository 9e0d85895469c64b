package dk.sporlos.stats;

/**
 * The days that a row of an answer is about, as SQL: those of its day, week or month within the
 * period, or all of the period.
 *
 * @param first expression of the first day
 * @param last expression of the last day
 */
record Bucket(String first, String last) {
  private static final Bucket PERIOD = new Bucket("$2::date", "$3::date");

  /** What the rows of a query are about. */
  static Bucket of(Query query) {
    return query.timeDimension().map(time -> of(query, time)).orElse(PERIOD);
  }

  private static Bucket of(Query query, Dimension time) {
    String value = "d" + query.dimensions().indexOf(time);
    return switch (time) {
      case TIME_DAY -> new Bucket(value, value);
      case TIME_WEEK -> within(value, value + " + 6");
      case TIME_MONTH -> within(value, "(" + value + " + interval '1 month')::date - 1");
      default -> PERIOD;
    };
  }

  private static Bucket within(String first, String last) {
    return new Bucket(
        "greatest(%s, $2::date)".formatted(first), "least(%s, $3::date)".formatted(last));
  }
}
