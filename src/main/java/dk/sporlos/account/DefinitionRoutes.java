package dk.sporlos.account;

import dk.sporlos.goal.Annotation;
import dk.sporlos.goal.Annotations;
import dk.sporlos.goal.Funnel;
import dk.sporlos.goal.Funnels;
import dk.sporlos.goal.Segment;
import dk.sporlos.goal.Segments;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;

/**
 * {@code /api/v1/sites/DOMAIN/funnels}, {@code segments} and {@code annotations}: each is listed,
 * added to, and removed from by number. What a token adds is seen by everyone who sees the site's
 * figures.
 */
final class DefinitionRoutes {

  private static final String PATH = "/api/v1/sites/:" + Owners.DOMAIN + "/";

  private final Owners owners;
  private final List<Kind<?>> kinds;

  DefinitionRoutes(Owners owners, Funnels funnels, Segments segments, Annotations annotations) {
    this.owners = owners;
    this.kinds =
        List.of(
            new Kind<>(
                "funnels",
                funnels::all,
                (site, fields) ->
                    funnels.add(site, fields.required("name"), fields.numbers("goals")),
                funnels::remove,
                DefinitionRoutes::json),
            new Kind<>(
                "segments",
                site -> segments.all(site, null),
                (site, fields) -> segments.add(site, segment(fields)),
                (site, id) -> segments.remove(site, id, null),
                DefinitionRoutes::json),
            new Kind<>(
                "annotations",
                site -> annotations.all(site, null),
                (site, fields) -> annotations.add(site, annotation(fields)),
                (site, id) -> annotations.remove(site, id, null),
                DefinitionRoutes::json));
  }

  /** Adds what a request says to a site. */
  @FunctionalInterface
  private interface Adding<T> {
    Future<T> add(SiteId site, Fields fields);
  }

  /** Removes what has a number from a site. */
  @FunctionalInterface
  private interface Removing {
    Future<Boolean> remove(SiteId site, long id);
  }

  /**
   * One kind of definition.
   *
   * @param name what they are called together
   */
  private record Kind<T>(
      String name,
      Function<SiteId, Future<List<T>>> all,
      Adding<T> adding,
      Removing removing,
      Function<T, JsonObject> json) {

    Future<JsonObject> list(Site site) {
      return all.apply(site.id())
          .map(all -> new JsonObject().put(name, new JsonArray(all.stream().map(json).toList())));
    }

    Future<JsonObject> add(Site site, Fields fields) {
      return adding.add(site.id(), fields).map(json);
    }

    Future<JsonObject> remove(Site site, long id) {
      return removing.remove(site.id(), id).map(removed -> Owners.deleted(removed, "It"));
    }
  }

  void mount(Router router) {
    kinds.forEach(kind -> mount(router, kind));
  }

  private void mount(Router router, Kind<?> kind) {
    String path = PATH + kind.name();
    router
        .get(path)
        .respond(context -> owners.answer(context, (site, fields) -> kind.list(site)))
        .failureHandler(Owners::refuse);
    router
        .post(path)
        .respond(context -> owners.answer(context, kind::add))
        .failureHandler(Owners::refuse);
    router
        .delete(path + "/:id")
        .respond(context -> owners.answer(context, (site, fields) -> remove(context, kind, site)))
        .failureHandler(Owners::refuse);
  }

  private static Future<JsonObject> remove(RoutingContext context, Kind<?> kind, Site site) {
    return kind.remove(site, Owners.id(context, "It"));
  }

  private static Segment segment(Fields fields) {
    return new Segment(0, null, fields.required("name"), fields.list("filters"));
  }

  private static Annotation annotation(Fields fields) {
    LocalDate day = fields.day("day");
    if (day == null) {
      throw new RefusedException(400, "Parameter `day` is required");
    }
    return new Annotation(0, null, day, fields.required("text"));
  }

  private static JsonObject json(Funnel funnel) {
    return new JsonObject()
        .put("id", funnel.id())
        .put("name", funnel.name())
        .put("goals", new JsonArray(funnel.goals()));
  }

  private static JsonObject json(Segment segment) {
    return new JsonObject()
        .put("id", segment.id())
        .put("name", segment.name())
        .put("filters", segment.filters());
  }

  private static JsonObject json(Annotation annotation) {
    return new JsonObject()
        .put("id", annotation.id())
        .put("day", annotation.day().toString())
        .put("text", annotation.text());
  }
}
