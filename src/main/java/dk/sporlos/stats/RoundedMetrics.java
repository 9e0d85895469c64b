package dk.sporlos.stats;

import dk.sporlos.seal.Figure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Metrics of rounded sums: what is an average or a share is that of rounded figures.
 *
 * @param byPage whether rows are pages or their hosts
 * @param whole the sums of all days as a whole
 */
@SuppressWarnings("ArrayRecordComponent") // compared never
record RoundedMetrics(boolean byPage, long[] whole) {

  /** The figures of a row, in the order of the metrics. */
  List<@Nullable Number> of(List<Metric> metrics, long[] sums) {
    List<@Nullable Number> figures = new ArrayList<>();
    for (Metric metric : metrics) {
      figures.add(of(metric, sums));
    }
    return figures;
  }

  private @Nullable Number of(Metric metric, long[] sums) {
    return switch (metric) {
      case VISITORS -> at(sums, Figure.VISITORS);
      case VISITS -> at(sums, Figure.VISITS);
      case PAGEVIEWS -> at(sums, Figure.VIEWS);
      case EVENTS -> at(sums, Figure.ACTIONS);
      case VIEWS_PER_VISIT -> ratio(at(sums, Figure.VIEWS), at(sums, Figure.VISITS), 100);
      case BOUNCE_RATE -> ofVisits(100 * at(sums, Figure.BOUNCES), sums);
      case VISIT_DURATION -> ofVisits(at(sums, Figure.SECONDS), sums);
      case PERCENTAGE, CONVERSION_RATE ->
          ratio(100 * at(sums, Figure.VISITORS), at(whole, Figure.VISITORS), 100);
      case SCROLL_DEPTH -> average(at(sums, Figure.SCROLL), at(sums, Figure.SCROLLED));
      case TIME_ON_PAGE -> average(at(sums, Figure.ENGAGED), at(sums, Figure.TIMED));
      case CONSENT_SHARE -> ratio(100 * at(sums, Figure.CONSENTED), at(sums, Figure.VISITS), 10);
      default -> throw new IllegalStateException("refused before: " + metric);
    };
  }

  @SuppressWarnings("EnumOrdinal") // places in arrays that no other process sees
  private static long at(long[] sums, Figure figure) {
    return sums[figure.ordinal()];
  }

  /** Of nothing at all it is 0, as it is for everybody else; see {@link Metric}. */
  private @Nullable Number ofVisits(long sum, long[] sums) {
    long entries = at(sums, Outsiders.entries(byPage));
    return entries == 0 && !byPage ? Long.valueOf(0) : average(sum, entries);
  }

  private static @Nullable Number average(long sum, long count) {
    return count == 0 ? null : Long.valueOf(Math.round((double) sum / count));
  }

  /**
   * @param parts of one that are told
   */
  private static Number ratio(long sum, long count, int parts) {
    return count == 0 ? 0.0 : Math.round((double) sum * parts / count) / (double) parts;
  }
}
