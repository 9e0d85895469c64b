package dk.sporlos.stats;

/** What a row of an answer consists of, and what rows can be ordered by. */
public sealed interface Column permits Metric, Attribute {

  /** Its word in the query language. */
  String word();
}
