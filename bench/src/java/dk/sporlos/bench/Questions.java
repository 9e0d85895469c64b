package dk.sporlos.bench;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/** What the benchmark of queries asks, with the time that each may take. */
final class Questions {
  private Questions() {}

  /**
   * One or more queries that are asked at once, and answered once the last of them is.
   *
   * @param limit milliseconds; 0 for none
   * @param documents in the query language, without the site
   */
  record Question(String name, double limit, List<String> documents) {}

  private static final String ALL =
      "visitors,visits,pageviews,views_per_visit,bounce_rate,visit_duration,events";

  private static final List<String> PANELS =
      List.of(
          "event:page",
          "visit:entry_page",
          "visit:exit_page",
          "visit:source",
          "visit:channel",
          "visit:utm_campaign",
          "visit:country",
          "visit:region",
          "visit:browser",
          "visit:os",
          "visit:device");

  private static final String PAGE = "['is','event:page',['%s']]".formatted(BenchSite.path(3));
  private static final String COUNTRY =
      "['is','visit:country',['%s']]".formatted(BenchSite.words("place", 9).get(0));
  private static final String BROWSER = "['is','visit:browser',['Firefox']]";
  private static final String SOURCE = "['is','visit:source',['Google']]";

  /**
   * The questions of {@code docs/performance.md}, about the days up to one.
   *
   * @param days how many the site has
   */
  static List<Question> about(LocalDate last, int days) {
    String year = range(last.minusDays(days - 1L), last);
    String month = range(last.minusDays(29), last);
    List<String> opening =
        Stream.concat(
                Stream.of(document(year, ALL, "", ""), document(year, "visitors", "time:day", "")),
                PANELS.stream().map(panel -> document(year, "visitors", panel, "")))
            .toList();
    Stream<Question> single =
        Stream.concat(Stream.of("", "time:day", "time:month"), PANELS.stream())
            .map(
                dimension ->
                    new Question(
                        "12 months: " + (dimension.isEmpty() ? "totals" : dimension),
                        100,
                        List.of(document(year, "visitors,pageviews", dimension, ""))));
    return Stream.of(
            Stream.of(new Question("opening the dashboard, 12 months", 100, opening)),
            single,
            filtered(year, month))
        .flatMap(questions -> questions)
        .toList();
  }

  private static Stream<Question> filtered(String year, String month) {
    return Stream.of(
        one("country over 12 months: visits, views", 300, year, "visits,pageviews", "", COUNTRY),
        one("the same by day", 300, year, "visits,pageviews", "time:day", COUNTRY),
        one("the same with visitors", 600, year, "visitors,visits,pageviews", "", COUNTRY),
        one("browser over 12 months: visits, views", 300, year, "visits,pageviews", "", BROWSER),
        one("the same with visitors", 600, year, "visitors,visits,pageviews", "", BROWSER),
        one("page over 12 months: visits, views", 300, year, "visits,pageviews", "", PAGE),
        one("the same with visitors", 600, year, "visitors,visits,pageviews", "", PAGE),
        one("two filters over 30 days: all metrics", 150, month, ALL, "", COUNTRY + "," + SOURCE),
        one(
            "two filters over 30 days: top pages",
            150,
            month,
            "visitors",
            "event:page",
            COUNTRY + "," + BROWSER),
        one(
            "page and country over 30 days: visitors by source",
            150,
            month,
            "visitors",
            "visit:source",
            PAGE + "," + COUNTRY));
  }

  private static Question one(
      String name, double limit, String range, String metrics, String dimension, String filters) {
    return new Question(name, limit, List.of(document(range, metrics, dimension, filters)));
  }

  private static String range(LocalDate from, LocalDate to) {
    return "['%s','%s']".formatted(from, to);
  }

  private static String document(String range, String metrics, String dimension, String filters) {
    return ("{'site_id':'%s','date_range':%s,'metrics':['%s'],'dimensions':[%s],'filters':[%s],"
            + "'pagination':{'limit':%d}}")
        .formatted(
            BenchSite.HOST,
            range,
            metrics.replace(",", "','"),
            dimension.isEmpty() ? "" : "'" + dimension + "'",
            filters,
            dimension.startsWith("time") ? 1_000 : 10)
        .replace('\'', '"');
  }
}
