package dk.sporlos.stats;

import dk.sporlos.goal.Funnel;
import dk.sporlos.goal.Funnels;
import dk.sporlos.goal.Goal;
import dk.sporlos.goal.Goals;
import dk.sporlos.goal.UnfitDefinitionException;
import dk.sporlos.site.Site;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How many visits reach goals one after the other, in this order and within one visit, with
 * whatever else in between; and how many leave off at each. The goals are those of a funnel, or a
 * list of their numbers.
 */
final class FunnelReport implements Report {

  private static final List<String> KEYS =
      List.of("site_id", "date_range", "funnel_id", "goals", VisitFilter.KEY);

  private final Pool pool;
  private final Reads reads;
  private final Funnels funnels;
  private final Goals goals;
  private final Clock clock;

  FunnelReport(Pool pool, Reads reads, Clock clock) {
    this.pool = pool;
    this.reads = reads;
    this.funnels = new Funnels(pool);
    this.goals = new Goals(pool);
    this.clock = clock;
  }

  @Override
  public Future<JsonObject> about(Site site, JsonObject document) {
    ReportReading.refuseOthers(document, KEYS);
    ReportReading.refuseWithoutVisits(site);
    DateRange range = ReportReading.range(document, DateRange.Named.LAST_30_DAYS);
    if (document.containsKey("funnel_id") == document.containsKey("goals")) {
      throw new InvalidQueryException(
          "Name either the number of a funnel as `funnel_id` or the numbers of goals as `goals`.");
    }
    return VisitFilter.read(pool, site.id(), document)
        .compose(
            filter ->
                asked(site, document)
                    .compose(
                        funnel ->
                            answer(site, range, funnel, filter)
                                .map(answer -> named(answer, funnel))));
  }

  private Future<JsonObject> answer(Site site, DateRange range, Funnel funnel, VisitFilter filter) {
    return goals
        .all(site.id())
        .map(all -> steps(funnel.goals(), all))
        .compose(
            steps -> ReportReading.in(reads, source -> answer(source, site, range, steps, filter)));
  }

  private Future<Funnel> asked(Site site, JsonObject document) {
    if (document.containsKey("goals")) {
      return Future.succeededFuture(adHoc(document.getValue("goals")));
    }
    long id = Place.ROOT.number(document, "funnel_id", 1, Long.MAX_VALUE, 0);
    return funnels
        .find(site.id(), id)
        .map(
            funnel -> {
              if (funnel == null) {
                throw Place.ROOT.at("funnel_id").refusal("The site has no funnel of this number.");
              }
              return funnel;
            });
  }

  private static Funnel adHoc(@Nullable Object value) {
    Place place = Place.ROOT.at("goals");
    JsonArray array = place.array(value);
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < array.size() && i <= Funnel.MOST; i++) {
      JsonObject item = new JsonObject().put(String.valueOf(i), array.getValue(i));
      ids.add(place.number(item, String.valueOf(i), 1, Long.MAX_VALUE, 0));
    }
    try {
      return new Funnel(0, "(ad hoc)", ids);
    } catch (UnfitDefinitionException unfit) {
      throw place.refusal(unfit.getMessage());
    }
  }

  private static List<Goal> steps(List<Long> ids, List<Goal> all) {
    Map<Long, Goal> goalsById =
        all.stream().collect(Collectors.toMap(Goal::id, Function.identity()));
    List<Goal> steps = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      Goal goal = goalsById.get(ids.get(i));
      if (goal == null) {
        throw Place.ROOT.at("goals").at(i).refusal("The site has no goal of this number.");
      }
      steps.add(goal);
    }
    return steps;
  }

  private Future<JsonObject> answer(
      Reads.Source source, Site site, DateRange range, List<Goal> steps, VisitFilter filter) {
    return ReportReading.ofVisits(
        source,
        site,
        range,
        filter,
        clock,
        (period, known) ->
            FunnelVisits.reached(source.connection(), site.id(), period, steps, known)
                .map(reached -> new JsonObject().put("steps", steps(steps, reached))));
  }

  /**
   * @param reached how many visits reached each step
   */
  private static JsonArray steps(List<Goal> steps, long[] reached) {
    JsonArray json = new JsonArray();
    for (int i = 0; i < reached.length; i++) {
      long before = i == 0 ? reached[0] : reached[i - 1];
      json.add(
          new JsonObject()
              .put("goal_id", steps.get(i).id())
              .put("name", steps.get(i).name())
              .put("visits", reached[i])
              .put("dropoff", before - reached[i])
              .put("dropoff_rate", percent(before - reached[i], before))
              .put("conversion_rate", percent(reached[i], reached[0])));
    }
    return json;
  }

  /** To two decimals; null where there is nothing to be a part of. */
  private static @Nullable Double percent(long part, long whole) {
    return whole == 0 ? null : Math.round(10_000.0 * part / whole) / 100.0;
  }

  private static JsonObject named(JsonObject answer, Funnel funnel) {
    return funnel.id() == 0
        ? answer
        : answer.put("funnel", new JsonObject().put("id", funnel.id()).put("name", funnel.name()));
  }
}
