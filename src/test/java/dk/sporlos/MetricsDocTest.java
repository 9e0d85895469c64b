package dk.sporlos;

import dk.sporlos.database.TestDatabase;
import dk.sporlos.testing.GeneratedPage;
import dk.sporlos.testing.RunningApplication;
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
  private static final Pattern HELP = Pattern.compile("# HELP (sporlos_\\S+) (.+)");
  private static final Pattern TYPE = Pattern.compile("# TYPE (sporlos_\\S+) (\\S+)");
  private static final Pattern SAMPLE = Pattern.compile("(sporlos_\\w+)(?:\\{(.*)})? \\S+");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  /** A metric; labels are those of the samples beside {@code le}, which every histogram has. */
  private static final class Metric {
    private String type = "";
    private String description = "";
    private final Map<String, Set<String>> labels = new TreeMap<>();
  }

  @Test
  void thePageOfMetricsIsThatOfThisVersion() throws Exception {
    try (RunningApplication application =
        RunningApplication.on(TestDatabase.create(), Clock.systemUTC(), new SecureRandom())) {
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
            caches (`cache_*`). No label ever holds anything of a visitor.

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
        metric.labels.computeIfAbsent(label.group(1), key -> new TreeSet<>()).add(label.group(2));
      }
    }
  }

  private static String labels(Metric metric) {
    StringBuilder labels = new StringBuilder();
    metric.labels.forEach(
        (label, values) -> {
          values.remove("");
          labels.append(labels.isEmpty() ? "" : "; ");
          labels.append("`%s`: %s".formatted(label, String.join(", ", values)));
        });
    return labels.toString();
  }
}
