package dk.sporlos.stats;

import dk.sporlos.site.Site;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The gauges that show figures of sites: labels are names that their owners chose. */
final class SiteGauges {
  private final MultiGauge began;
  private final MultiGauge pageviews;
  private final MultiGauge visits;
  private final MultiGauge visitors;
  private final MultiGauge goals;
  private final MultiGauge now;

  SiteGauges(MeterRegistry meters) {
    began =
        gauge(
            "sporlos.site.day.timestamp.seconds",
            "Second of the Unix era in which the site's last finished day began",
            meters);
    pageviews = gauge("sporlos.site.day.pageviews", "Page views of that day, rounded", meters);
    visits = gauge("sporlos.site.day.visits", "Visits of that day, rounded", meters);
    visitors = gauge("sporlos.site.day.visitors", "Visitors of that day, rounded", meters);
    goals =
        gauge(
            "sporlos.site.day.goal.visitors",
            "Visitors of that day who reached the goal, rounded",
            meters);
    now =
        gauge(
            "sporlos.site.visitors.now",
            "Visitors who viewed a page in the last five minutes, rounded",
            meters);
  }

  private static MultiGauge gauge(String name, String description, MeterRegistry meters) {
    return MultiGauge.builder(name).description(description).register(meters);
  }

  /**
   * Shows these figures in place of others.
   *
   * @param current how many visitors there are now, exactly; nothing where that is not known
   */
  void show(List<SiteDay> days, Map<Site, Long> current) {
    show(began, days, day -> day.day().atStartOfDay(day.site().zone()).toEpochSecond());
    show(pageviews, days, SiteDay::pageviews);
    show(visits, days, SiteDay::visits);
    show(visitors, days, SiteDay::visitors);
    List<Row<?>> reached = new ArrayList<>();
    for (SiteDay day : days) {
      day.goals()
          .forEach((goal, count) -> reached.add(Row.of(of(day.site()).and("goal", goal), count)));
    }
    goals.register(reached, /* overwrite= */ true);
    List<Row<?>> present = new ArrayList<>();
    current.forEach((site, count) -> present.add(Row.of(of(site), about(site, count))));
    now.register(present, /* overwrite= */ true);
  }

  private static void show(
      MultiGauge gauge, List<SiteDay> days, Function<SiteDay, @Nullable Long> figure) {
    List<Row<?>> rows = new ArrayList<>();
    for (SiteDay day : days) {
      Long value = figure.apply(day);
      if (value != null) {
        rows.add(Row.of(of(day.site()), value));
      }
    }
    gauge.register(rows, /* overwrite= */ true);
  }

  private static Tags of(Site site) {
    return Tags.of("site", site.domain());
  }

  /** To the nearest multiple of the site's base. */
  static long about(Site site, long count) {
    int base = site.privacy().rounding();
    return Math.round((double) count / base) * base;
  }
}
