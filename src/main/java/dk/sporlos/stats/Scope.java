package dk.sporlos.stats;

/**
 * Where a statement finds what expressions ask about: {@code {visit}} and {@code {step}}.
 *
 * @param visit name of the relation with a visit's columns
 * @param step name of the relation with the columns of {@code unpack()}
 * @param properties SQL of what the website says of a step, as JSON; empty if that has to be looked
 *     up
 * @param lone whether the rows are hits without a visit
 */
record Scope(String visit, String step, String properties, boolean lone) {

  /** Steps of visits, with what is said of them beside. */
  static final Scope STEPS = new Scope("visited", "step", "said.properties", false);

  /** Any steps of a visit that is looked at. */
  static final Scope DONE = new Scope("visited", "done", "", false);

  /** Hits without a visit. */
  static final Scope LONE_HITS = new Scope("inbox", "inbox", "inbox.properties", true);

  String fill(String sql) {
    return sql.replace("{visit}", visit).replace("{step}", step);
  }
}
