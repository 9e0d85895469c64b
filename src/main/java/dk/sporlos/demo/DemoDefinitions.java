package dk.sporlos.demo;

import dk.sporlos.goal.Condition;
import dk.sporlos.goal.Funnels;
import dk.sporlos.goal.Goal;
import dk.sporlos.goal.Goals;
import dk.sporlos.goal.PagePattern;
import dk.sporlos.goal.Properties;
import dk.sporlos.goal.Worth;
import dk.sporlos.site.SiteId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the owner of the demo's shop would want visitors to do, so that reports have something to
 * say.
 */
final class DemoDefinitions {

  private final Goals goals;
  private final Funnels funnels;
  private final Properties properties;

  DemoDefinitions(Pool pool) {
    this.goals = new Goals(pool);
    this.funnels = new Funnels(pool);
    this.properties = new Properties(pool);
  }

  /** Adds the goals, a funnel of them and a property to a new site. */
  Future<Void> add(SiteId site) {
    return goal(site, "Looked at a product", page("/products/*"), null)
        .compose(
            looked ->
                goal(site, "Ordered", new Condition.EventSent("Order"), new Worth("DKK", null))
                    .compose(
                        ordered ->
                            funnels.add(
                                site, "From product to order", List.of(looked.id(), ordered.id()))))
        .compose(
            added -> goal(site, "Signed up for news", new Condition.EventSent("Newsletter"), null))
        .compose(added -> goal(site, "Read about delivery", page("/delivery"), null))
        .compose(added -> properties.add(site, "delivery"));
  }

  private Future<Goal> goal(SiteId site, String name, Condition condition, @Nullable Worth worth) {
    return goals.add(site, new Goal.Definition(name, condition, Map.of(), worth));
  }

  private static Condition page(String pattern) {
    return new Condition.PageViewed(new PagePattern(pattern));
  }
}
