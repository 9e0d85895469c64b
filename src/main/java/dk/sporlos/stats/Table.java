package dk.sporlos.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Figures as text for a terminal: what {@code sporlos stats} asks and prints. */
public final class Table {

  private static final int MOST_PAGES = 50;
  private static final int WIDEST = 60;

  private Table() {}

  private enum By {
    PAGE("Page", Dimension.EVENT_PAGE),
    HOST("Host", Dimension.EVENT_HOSTNAME),
    ENTRY("Entry page", Dimension.VISIT_ENTRY_PAGE),
    EXIT("Exit page", Dimension.VISIT_EXIT_PAGE),
    HOUR("Hour", Dimension.TIME_HOUR),
    DAY("Day", Dimension.TIME_DAY),
    WEEK("Week from", Dimension.TIME_WEEK),
    MONTH("Month", Dimension.TIME_MONTH);

    private final String heading;
    private final Dimension dimension;

    By(String heading, Dimension dimension) {
      this.heading = heading;
      this.dimension = dimension;
    }

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    private static By of(Query query) {
      return Arrays.stream(values())
          .filter(by -> query.dimensions().equals(List.of(by.dimension)))
          .findAny()
          .orElseThrow(() -> new IllegalArgumentException("not a query of this table: " + query));
    }
  }

  /** The words that {@link #query} takes for {@code by}. */
  public static List<String> dimensions() {
    return Arrays.stream(By.values()).map(By::word).toList();
  }

  /** The words that {@link #query} takes for {@code last}. */
  public static List<String> ranges() {
    return DateRange.Named.words();
  }

  /**
   * The query whose answer {@link #render} prints.
   *
   * @throws InvalidQueryException if a word is not among {@link #dimensions} or {@link #ranges}
   */
  public static Query query(String by, String last) {
    Dimension dimension =
        Arrays.stream(By.values())
            .filter(known -> known.word().equals(by))
            .findAny()
            .orElseThrow(() -> unknown("--by", by, dimensions()))
            .dimension;
    DateRange range = DateRange.Named.named(last);
    if (range == null) {
      throw unknown("--last", last, ranges());
    }
    List<Metric> metrics = new ArrayList<>();
    metrics.addAll(List.of(Metric.VISITORS, Metric.VISITS, Metric.PAGEVIEWS));
    if (!dimension.ofSteps()) {
      metrics.add(Metric.VIEWS_PER_VISIT);
    }
    metrics.addAll(List.of(Metric.BOUNCE_RATE, Metric.VISIT_DURATION));
    return new Query(
        metrics,
        range,
        List.of(dimension),
        List.of(),
        new Query.Include(false, false, true),
        dimension.ofTime() ? Query.Paging.EVERYTHING : new Query.Paging(MOST_PAGES, 0));
  }

  private static InvalidQueryException unknown(String flag, String word, List<String> known) {
    return new InvalidQueryException(
        "%s %s is not known. Use one of: %s.".formatted(flag, word, String.join(", ", known)));
  }

  /** The answer to a query of {@link #query}, as lines that end with a line feed. */
  public static String render(Answer answer) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s, %s (%s)\n\n"
            .formatted(answer.site().domain(), days(answer.period()), answer.site().zone()));
    if (answer.rows().isEmpty()) {
      return text.append("Nothing has been counted in this time. Open a page that has the snippet")
          .append(", and its visit is here.\n")
          .toString();
    }
    text.append(aligned(lines(answer)));
    Long total = answer.totalRows();
    if (total != null && total > answer.rows().size()) {
      text.append("… and %,d more\n".formatted(total - answer.rows().size()));
    }
    answer.notes().warnings().forEach(warning -> text.append(warning).append('\n'));
    return text.toString();
  }

  private static String days(Period period) {
    return period.firstDay().equals(period.lastDay())
        ? period.firstDay().toString()
        : period.firstDay() + " to " + period.lastDay();
  }

  private static List<List<String>> lines(Answer answer) {
    By by = By.of(answer.query());
    List<Metric> metrics = answer.query().metrics();
    List<List<String>> lines = new ArrayList<>();
    List<String> headings = new ArrayList<>(List.of(by.heading));
    metrics.forEach(metric -> headings.add(heading(metric)));
    lines.add(headings);
    for (Answer.Row row : answer.rows()) {
      List<String> line = new ArrayList<>(List.of(value(by, row.dimensions().get(0))));
      for (int i = 0; i < metrics.size(); i++) {
        line.add(figure(metrics.get(i), row.metrics().get(i)));
      }
      lines.add(line);
    }
    return lines;
  }

  private static String heading(Metric metric) {
    return switch (metric) {
      case VISITORS -> "Visitors";
      case VISITS -> "Visits";
      case PAGEVIEWS -> "Page views";
      case VIEWS_PER_VISIT -> "Per visit";
      case BOUNCE_RATE -> "Bounced";
      case VISIT_DURATION -> "Duration";
      case EVENTS -> "Events";
      case CONSENT_SHARE -> "Consent";
      case PEOPLE -> "People";
      case NEW_VISITORS -> "New";
      case PERCENTAGE -> "Share";
      case CONVERSION_RATE -> "Converted";
      case GROUP_CONVERSION_RATE -> "Of these";
      case SCROLL_DEPTH -> "Scrolled";
      case TIME_ON_PAGE -> "On page";
      case TOTAL_REVENUE -> "Revenue";
      case AVERAGE_REVENUE -> "Average";
      default -> metric.word();
    };
  }

  private static String value(By by, String value) {
    return switch (by) {
      case HOUR -> value.substring(0, "2024-09-10 01:00".length());
      case MONTH -> value.substring(0, "2024-09".length());
      default -> printable(value);
    };
  }

  /*
   * Paths come from strangers: a control character would command the terminal, and one that turns
   * the direction of writing would garble the line.
   */
  private static String printable(String value) {
    int[] shown =
        value
            .codePoints()
            .map(
                c ->
                    Character.isISOControl(c) || Character.getType(c) == Character.FORMAT
                        ? '\uFFFD'
                        : c)
            .toArray();
    return shown.length <= WIDEST
        ? new String(shown, 0, shown.length)
        : new String(shown, 0, WIDEST - 1) + "…";
  }

  private static String figure(Metric metric, @Nullable Number value) {
    if (value == null) {
      return "–";
    }
    return switch (metric) {
      case BOUNCE_RATE, CONSENT_SHARE -> value + " %";
      case VISIT_DURATION -> duration(value.longValue());
      case VIEWS_PER_VISIT -> String.format(Locale.ROOT, "%,.2f", value.doubleValue());
      default -> String.format(Locale.ROOT, "%,d", value.longValue());
    };
  }

  private static String duration(long seconds) {
    if (seconds < 60) {
      return seconds + "s";
    }
    return seconds < 3600
        ? "%dm %02ds".formatted(seconds / 60, seconds % 60)
        : "%dh %02dm".formatted(seconds / 3600, seconds % 3600 / 60);
  }

  /** Lines of cells as text, the first column to the left and the figures to the right. */
  private static String aligned(List<List<String>> lines) {
    int[] widths = new int[lines.get(0).size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], width(line.get(i)));
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      text.append(line.get(0)).append(" ".repeat(widths[0] - width(line.get(0))));
      for (int i = 1; i < widths.length; i++) {
        text.append(" ".repeat(2 + widths[i] - width(line.get(i)))).append(line.get(i));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
