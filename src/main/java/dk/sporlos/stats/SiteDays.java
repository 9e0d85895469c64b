package dk.sporlos.stats;

import dk.sporlos.goal.Goal;
import dk.sporlos.goal.Goals;
import dk.sporlos.site.Recognising;
import dk.sporlos.site.Site;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the figures of finished days, as an outsider does. */
final class SiteDays {
  static final int MOST_GOALS = 20;

  private final Pool pool;
  private final Stats stats;

  SiteDays(Pool pool, Stats stats) {
    this.pool = pool;
    this.stats = stats;
  }

  /** The figures of a day that is sealed. */
  Future<SiteDay> read(Site site, LocalDate day) {
    return ask(site, day, List.of(Metric.PAGEVIEWS, Metric.VISITS, Metric.VISITORS), List.of())
        .compose(
            answer -> {
              List<@Nullable Number> figures = answer.rows().get(0).metrics();
              Long views = number(figures.get(0));
              return readGoals(site, day)
                  .map(
                      goals ->
                          new SiteDay(
                              site,
                              day,
                              views == null ? 0 : views,
                              number(figures.get(1)),
                              number(figures.get(2)),
                              goals));
            });
  }

  /** Of the oldest goals: which they are does not change from day to day. */
  private Future<Map<String, Long>> readGoals(Site site, LocalDate day) {
    return Goals.all(pool, site.id())
        .map(goals -> goals.stream().limit(MOST_GOALS).map(Goal::name).toList())
        .compose(
            names ->
                names.isEmpty() || site.privacy().recognising() == Recognising.NONE
                    ? Future.succeededFuture(Map.of())
                    : ask(site, day, List.of(Metric.VISITORS), List.of(Dimension.EVENT_GOAL))
                        .map(answer -> reached(names, answer)));
  }

  private static Map<String, Long> reached(List<String> names, Answer answer) {
    Map<String, Long> reached = new LinkedHashMap<>();
    names.forEach(name -> reached.put(name, 0L));
    for (Answer.Row row : answer.rows()) {
      Long visitors = number(row.metrics().get(0));
      if (visitors != null) {
        reached.computeIfPresent(row.dimensions().get(0), (name, none) -> visitors);
      }
    }
    return reached;
  }

  private Future<Answer> ask(
      Site site, LocalDate day, List<Metric> metrics, List<Dimension> dimensions) {
    return stats.answer(
        new Reader.Outside(site),
        new Query(
            metrics,
            new DateRange.Days(day, day),
            dimensions,
            List.of(),
            Query.Include.NOTHING,
            Query.Paging.EVERYTHING));
  }

  private static @Nullable Long number(@Nullable Number figure) {
    return figure == null ? null : Long.valueOf(figure.longValue());
  }
}
