package dk.sporlos;

import static dk.sporlos.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.TestDatabase;
import dk.sporlos.testing.GeneratedPage;
import dk.sporlos.testing.RunningApplication;
import dk.sporlos.testing.TestPool;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/metrics.md}, made of what a started process shows. */
class MetricsDocTest {
  /** One that shows its figures. */
  private static final String A_SITE =
      """
      with added as (
        insert into site (domain, timezone) values ('example.com', 'UTC') returning id),
      said as (
        insert into site_setting (site_id, name, value) select id, 'prometheus', 'on' from added),
      wanted as (
        insert into goal (site_id, name, event, properties)
        select id, 'Bought', 'Buy', '{}' from added)
      insert into sealed_day (site_id, day, due) select id, '2026-01-01', false from added
      """;

  /** What labels hold whose values depend on the installation. */
  private static final Map<String, String> OPEN =
      Map.of(
          "goal", "name of a goal of the site; the oldest 20",
          "java", "version of Java",
          "method", "method of the request, or other",
          "route", "path as the route is declared, or other",
          "site", "domain of the site",
          "status", "class of the answer's status, as in 2xx",
          "version", "version of Sporløs");

  private static final Pattern HELP = Pattern.compile("# HELP (sporlos_\\S+) (.+)");
  private static final Pattern TYPE = Pattern.compile("# TYPE (sporlos_\\S+) (\\S+)");
  private static final Pattern SAMPLE =
      Pattern.compile("(sporlos_\\w+?)(?:_bucket|_count|_sum)?(?:\\{(.*)})? \\S+");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  /** A metric; labels are those of the samples beside {@code le}, which every histogram has. */
  private static final class Metric {
    private String type = "";
    private String description = "";
    private final Map<String, Set<String>> labels = new TreeMap<>();
  }

  @Test
  void thePageOfMetricsIsThatOfThisVersion() throws Throwable {
    DatabaseUrl url = TestDatabase.create();
    try (TestPool pool = TestPool.of(url, 1)) {
      pool.pool().query(A_SITE).execute().await();
    }
    try (RunningApplication application =
        RunningApplication.on(url, Clock.systemUTC(), new SecureRandom())) {
      application.get("/");
      eventually(
          () ->
              assertThat(application.manage("/metrics"))
                  .contains(
                      "sporlos_site_day_goal_visitors{", "sporlos_http_requests_seconds_count{"));
      GeneratedPage.check("metrics.md", page(application.manage("/metrics")), getClass());
    }
  }

  private static String page(String scraped) {
    Map<String, Metric> metrics = new TreeMap<>();
    scraped.lines().forEach(line -> read(line, metrics));
    StringBuilder page =
        new StringBuilder(
            """
            # Metrics

            What `/metrics` on the management port shows of Sporløs itself, in the format of Prometheus. Beside these there
            are meters of the Java machine (`jvm_*`, `process_*`, `system_*`), of connection pools (`vertx_pool_*`) and of
            caches (`cache_*`). No label ever holds anything of a visitor, or a value that a visitor can choose.

            `sporlos_site_*` are a site's own figures, of those sites that say so (`sporlos site set example.com prometheus on`),
            a hundred sites at most: of the last finished day, computed once it is sealed, and visitors now, counted
            every 15 seconds at most and only while somebody scrapes. They are rounded as for
            [outsiders](decisions/0021-outsiders.md), to the site's `rounding`, and gauges rather than counters, since the
            difference of two counts would tell about single visits.

            This page is generated: `mvn test -Dexec.skip -Dtest=MetricsDocTest -Dregenerate=true`.

            | metric | type | labels | meaning |
            |---|---|---|---|
            """);
    metrics.forEach(
        (name, metric) ->
            page.append(
                "| `%s` | %s | %s | %s |\n"
                    .formatted(name, metric.type, labels(metric), metric.description)));
    return page.toString();
  }

  private static void read(String line, Map<String, Metric> metrics) {
    Matcher help = HELP.matcher(line);
    Matcher type = TYPE.matcher(line);
    Matcher sample = SAMPLE.matcher(line);
    if (help.matches()) {
      metrics.computeIfAbsent(help.group(1), name -> new Metric()).description = help.group(2);
    } else if (type.matches()) {
      metrics.computeIfAbsent(type.group(1), name -> new Metric()).type = type.group(2);
    } else if (sample.matches() && sample.group(2) != null) {
      Metric metric = metrics.get(sample.group(1));
      Matcher label = LABEL.matcher(sample.group(2));
      while (metric != null && label.find()) {
        Set<String> values = metric.labels.computeIfAbsent(label.group(1), key -> new TreeSet<>());
        values.add(OPEN.getOrDefault(label.group(1), label.group(2)));
      }
    }
  }

  private static String labels(Metric metric) {
    StringBuilder labels = new StringBuilder();
    metric.labels.remove("le");
    metric.labels.forEach(
        (label, values) -> {
          values.remove("");
          labels.append(labels.isEmpty() ? "" : "; ");
          labels.append("`%s`: %s".formatted(label, String.join(", ", values)));
        });
    return labels.toString();
  }
}
