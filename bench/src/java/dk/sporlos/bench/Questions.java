package dk.sporlos.bench;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the benchmark of queries asks, with the time that each may take. */
final class Questions {
  private Questions() {}

  /**
   * One or more queries that are asked at once, and answered once the last of them is.
   *
   * @param limit milliseconds; 0 for none
   * @param path where they are asked
   * @param documents in the query language, without the site
   */
  record Question(String name, double limit, String path, List<String> documents) {
    Question(String name, double limit, List<String> documents) {
      this(name, limit, "/api/v2/query", documents);
    }
  }

  /** The pages whose views are the steps of the funnel, one after the other. */
  static final List<String> STEPS = IntStream.range(0, 4).mapToObj(BenchSite::path).toList();

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
   * @param goals numbers of those of {@link #STEPS}
   */
  static List<Question> about(LocalDate last, int days, List<Long> goals) {
    String year = range(last.minusDays(days - 1L), last);
    String month = range(last.minusDays(29), last);
    String withToday = range(last.minusDays(days - 1L), LocalDate.now(ZoneOffset.UTC));
    Stream<Question> single =
        Stream.concat(Stream.of("", "time:day", "time:month"), PANELS.stream())
            .map(
                dimension ->
                    new Question(
                        "12 months: " + (dimension.isEmpty() ? "totals" : dimension),
                        100,
                        List.of(document(year, "visitors,pageviews", dimension, ""))));
    return Stream.of(
            Stream.of(
                new Question("opening the dashboard, 12 months", 100, opening(year)),
                new Question(
                    "opening the dashboard, 12 months and today", 200, opening(withToday))),
            single,
            Stream.of(
                new Question(
                    "12 months: event:page, the first 100",
                    100,
                    List.of(document(year, "visitors", "event:page", "", 100)))),
            filtered(year, month),
            Stream.of(funnel(month, goals)))
        .flatMap(questions -> questions)
        .toList();
  }

  private static List<String> opening(String range) {
    return Stream.concat(
            Stream.of(document(range, ALL, "", ""), document(range, "visitors", "time:day", "")),
            PANELS.stream().map(panel -> document(range, "visitors", panel, "")))
        .toList();
  }

  private static Stream<Question> filtered(String year, String month) {
    return Stream.of(
        one("country over 12 months: visits, views", 300, year, "visits,pageviews", "", COUNTRY),
        one("the same by day", 300, year, "visits,pageviews", "time:day", COUNTRY),
        one("the same with visitors", 600, year, "visitors,visits,pageviews", "", COUNTRY),
        one("the same with visitors, by browser", 0, year, "visitors", "visit:browser", COUNTRY),
        one("the same with visitors, top pages", 0, year, "visitors", "event:page", COUNTRY),
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

  private static Question funnel(String range, List<Long> goals) {
    String document =
        "{'site_id':'%s','date_range':%s,'goals':%s}"
            .formatted(BenchSite.HOST, range, goals)
            .replace('\'', '"');
    return new Question("funnel of 4 steps over 30 days", 300, "/api/v2/funnel", List.of(document));
  }

  private static Question one(
      String name, double limit, String range, String metrics, String dimension, String filters) {
    return new Question(name, limit, List.of(document(range, metrics, dimension, filters)));
  }

  private static String range(LocalDate from, LocalDate to) {
    return "['%s','%s']".formatted(from, to);
  }

  private static String document(String range, String metrics, String dimension, String filters) {
    return document(range, metrics, dimension, filters, dimension.startsWith("time") ? 1_000 : 10);
  }

  private static String document(
      String range, String metrics, String dimension, String filters, int limit) {
    return ("{'site_id':'%s','date_range':%s,'metrics':['%s'],'dimensions':[%s],'filters':[%s],"
            + "'pagination':{'limit':%d}}")
        .formatted(
            BenchSite.HOST,
            range,
            metrics.replace(",", "','"),
            dimension.isEmpty() ? "" : "'" + dimension + "'",
            filters,
            limit)
        .replace('\'', '"');
  }
}
