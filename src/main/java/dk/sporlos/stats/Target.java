package dk.sporlos.stats;

import dk.sporlos.goal.Condition;
import dk.sporlos.goal.Goal;
import dk.sporlos.goal.PagePattern;
import dk.sporlos.site.SiteId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Arrays;

/** A goal in the numbers that steps are made of. */
final class Target {

  private static final String PAGES_EXACTLY =
      "select id from page where site_id = $1 and path = $2";
  private static final String PAGES_LIKE = "select id from page where site_id = $1 and path ~ $2";
  private static final String EVENTS = "select id from event_name where site_id = $1 and name = $2";

  private final Goal goal;

  /** Of the pages, or of the event, that reach it; in order. */
  private final int[] numbers;

  /** Whether they are of an event. */
  private final boolean byEvent;

  /** How far a page must have been scrolled, in percent; 0 if viewing it is enough. */
  private final int scroll;

  private Target(Goal goal, int[] numbers, boolean byEvent, int scroll) {
    this.goal = goal;
    this.numbers = numbers;
    this.byEvent = byEvent;
    this.scroll = scroll;
  }

  /** The numbers of a goal at a site. */
  static Future<Target> of(SqlConnection connection, SiteId site, Goal goal) {
    if (goal.condition() instanceof Condition.EventSent sent) {
      return numbers(connection, EVENTS, site, sent.event())
          .map(events -> new Target(goal, events, true, 0));
    }
    if (goal.condition() instanceof Condition.PageScrolled scrolled) {
      return pages(connection, site, scrolled.page())
          .map(pages -> new Target(goal, pages, false, scrolled.percent()));
    }
    Condition.PageViewed viewed = (Condition.PageViewed) goal.condition();
    return pages(connection, site, viewed.page()).map(pages -> new Target(goal, pages, false, 0));
  }

  private static Future<int[]> pages(SqlConnection connection, SiteId site, PagePattern page) {
    return page.isExact()
        ? numbers(connection, PAGES_EXACTLY, site, page.text())
        : numbers(connection, PAGES_LIKE, site, page.regex());
  }

  private static Future<int[]> numbers(
      SqlConnection connection, String sql, SiteId site, String text) {
    return connection
        .preparedQuery(sql)
        .execute(Tuple.of(site.value(), text))
        .map(rows -> rows.stream().mapToInt(row -> row.getInteger("id")).sorted().toArray());
  }

  /** Whether a step reaches it, but for the properties that it must have. */
  boolean isReachedBy(Steps steps, int step) {
    if (steps.isView(step) == byEvent) {
      return false;
    }
    int number = byEvent ? steps.event(step) : steps.page(step);
    return Arrays.binarySearch(numbers, number) >= 0
        && (scroll == 0 || steps.scroll(step) >= scroll);
  }

  /** A condition over {@code visited.steps} that every visit that reaches it fulfils. */
  String search(Tuple parameters) {
    return StepSearch.condition(
        byEvent ? Arrays.stream(numbers).map(number -> -number).toArray() : numbers, parameters);
  }

  /** Whether the step's properties are asked for too. */
  boolean asksForProperties() {
    return !goal.properties().isEmpty();
  }

  /** Those properties. */
  JsonObject properties() {
    JsonObject json = new JsonObject();
    goal.properties().forEach(json::put);
    return json;
  }
}
