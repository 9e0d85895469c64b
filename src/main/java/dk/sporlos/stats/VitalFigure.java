package dk.sporlos.stats;

/** What is said of a vital. */
enum VitalFigure {
  /**
   * The 75th percentile: three of four views were as good, as the definitions of the vitals ask.
   */
  PERCENTILE(""),
  GOOD("_good"),
  NEEDS_WORK("_needs_work"),
  POOR("_poor");

  private final String suffix;

  VitalFigure(String suffix) {
    this.suffix = suffix;
  }

  /** What stands behind the word of the vital in the word of the metric. */
  String suffix() {
    return suffix;
  }
}
