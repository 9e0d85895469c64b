package dk.sporlos.account;

import dk.sporlos.goal.Condition;
import dk.sporlos.goal.Goal;
import dk.sporlos.goal.Goals;
import dk.sporlos.goal.PagePattern;
import dk.sporlos.goal.Properties;
import dk.sporlos.goal.Worth;
import dk.sporlos.site.Site;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/v1/sites/goals} and {@code custom-props}: what of a site counts as reached, and which
 * properties are totalled, in the shapes of the Plausible Sites API. Beyond these a goal may have
 * {@code scroll_threshold}, {@code custom_props}, {@code currency} and {@code value}.
 */
final class GoalRoutes {

  private static final String GOALS = "/api/v1/sites/goals";
  private static final String PROPERTIES = "/api/v1/sites/custom-props";

  private final Owners owners;
  private final Goals goals;
  private final Properties properties;

  GoalRoutes(Owners owners, Goals goals, Properties properties) {
    this.owners = owners;
    this.goals = goals;
    this.properties = properties;
  }

  void mount(Router router) {
    router
        .get(GOALS)
        .respond(context -> owners.answer(context, Permission.LIST, this::all))
        .failureHandler(Owners::refuse);
    router
        .put(GOALS)
        .respond(context -> owners.change(context, Permission.EDIT, "add", "goal", this::put))
        .failureHandler(Owners::refuse);
    router
        .delete(GOALS + "/:id")
        .respond(
            context ->
                owners.change(
                    context,
                    Permission.EDIT,
                    "remove",
                    "goal",
                    request -> remove(context, request.site())))
        .failureHandler(Owners::refuse);
    router
        .get(PROPERTIES)
        .respond(context -> owners.answer(context, Permission.LIST, this::allProperties))
        .failureHandler(Owners::refuse);
    router
        .put(PROPERTIES)
        .respond(
            context ->
                owners.change(context, Permission.EDIT, "add", "property", this::putProperty))
        .failureHandler(Owners::refuse);
    router
        .delete(PROPERTIES + "/:property")
        .respond(
            context ->
                owners.change(
                    context,
                    Permission.EDIT,
                    "remove",
                    "property",
                    request -> removeProperty(context, request.site())))
        .failureHandler(Owners::refuse);
  }

  private Future<JsonObject> all(Owners.OnSite request) {
    return goals
        .all(request.id())
        .map(
            all ->
                Listing.of(
                    "goals",
                    all,
                    goal -> String.valueOf(goal.id()),
                    GoalRoutes::json,
                    request.fields()));
  }

  private Future<JsonObject> put(Owners.OnSite request) {
    Fields fields = request.fields();
    Goal.Definition definition =
        new Goal.Definition(
            fields.text("display_name"),
            condition(fields),
            fields.texts("custom_props"),
            worth(fields));
    return goals
        .add(request.id(), definition)
        .map(goal -> new JsonObject().put("domain", request.site().domain()).mergeIn(json(goal)));
  }

  private static Condition condition(Fields fields) {
    String type = fields.required("goal_type");
    if (type.equals("event")) {
      return new Condition.EventSent(fields.required("event_name"));
    }
    if (!type.equals("page")) {
      throw new RefusedException(400, "Parameter `goal_type` is invalid: write event or page");
    }
    PagePattern page = new PagePattern(fields.required("page_path"));
    Long scroll = fields.number("scroll_threshold");
    return scroll == null
        ? new Condition.PageViewed(page)
        : new Condition.PageScrolled(page, (int) Math.max(-1, Math.min(scroll, 101)));
  }

  private static @Nullable Worth worth(Fields fields) {
    String currency = fields.text("currency");
    if (currency == null && fields.amount("value") != null) {
      throw new RefusedException(400, "Parameter `currency` is required where there is a `value`");
    }
    return currency == null ? null : new Worth(currency, fields.amount("value"));
  }

  private Future<JsonObject> remove(RoutingContext context, Site site) {
    return goals
        .remove(site.id(), Owners.id(context, "Goal"))
        .map(removed -> Owners.deleted(removed, "Goal"));
  }

  private static JsonObject json(Goal goal) {
    JsonObject json =
        new JsonObject().put("id", String.valueOf(goal.id())).put("display_name", goal.name());
    if (goal.condition() instanceof Condition.EventSent sent) {
      json.put("goal_type", "event").put("event_name", sent.event()).putNull("page_path");
    } else if (goal.condition() instanceof Condition.PageViewed viewed) {
      json.put("goal_type", "page").putNull("event_name").put("page_path", viewed.page().text());
    } else if (goal.condition() instanceof Condition.PageScrolled scrolled) {
      json.put("goal_type", "page")
          .putNull("event_name")
          .put("page_path", scrolled.page().text())
          .put("scroll_threshold", scrolled.percent());
    }
    JsonObject properties = new JsonObject();
    goal.properties().forEach(properties::put);
    json.put("custom_props", properties);
    Worth worth = goal.worth();
    if (worth != null) {
      json.put("currency", worth.currency());
      if (worth.each() != null) {
        json.put("value", worth.each());
      }
    }
    return json;
  }

  private Future<JsonObject> allProperties(Owners.OnSite request) {
    return properties
        .all(request.id())
        .map(
            all ->
                Listing.of(
                    "custom_properties",
                    all,
                    Function.identity(),
                    name -> new JsonObject().put("property", name),
                    request.fields()));
  }

  private Future<JsonObject> putProperty(Owners.OnSite request) {
    return properties.add(request.id(), request.fields().required("property")).map(this::done);
  }

  private JsonObject done(@Nullable Void added) {
    return new JsonObject().put("created", true);
  }

  private Future<JsonObject> removeProperty(RoutingContext context, Site site) {
    return properties
        .remove(site.id(), String.valueOf(context.pathParam("property")))
        .map(removed -> Owners.deleted(removed, "Custom property"));
  }
}
