package dk.sporlos.account;

import dk.sporlos.goal.Annotation;
import dk.sporlos.goal.Annotations;
import dk.sporlos.goal.Funnel;
import dk.sporlos.goal.Funnels;
import dk.sporlos.goal.Segment;
import dk.sporlos.goal.Segments;
import dk.sporlos.site.SiteId;
import dk.sporlos.stats.SegmentFilters;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/v1/sites/DOMAIN/funnels}, {@code segments} and {@code annotations}: each is listed,
 * added to, and removed from by number. What is added is seen by everyone who sees the site's
 * figures, unless somebody who has signed in says that it is {@code personal}: then by them alone.
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
                "funnel",
                (site, account) -> funnels.all(site),
                (site, account, fields) -> {
                  refusePersonal(account);
                  return funnels.add(site, fields.required("name"), fields.numbers("goals"));
                },
                (site, id, account) ->
                    account == null
                        ? funnels.remove(site, id)
                        : Future.succeededFuture(/* removed= */ false),
                DefinitionRoutes::json),
            new Kind<>(
                "segment",
                segments::all,
                (site, account, fields) -> segments.add(site, segment(account, fields)),
                segments::remove,
                DefinitionRoutes::json),
            new Kind<>(
                "annotation",
                annotations::all,
                (site, account, fields) -> annotations.add(site, annotation(account, fields)),
                annotations::remove,
                DefinitionRoutes::json));
  }

  private static void refusePersonal(@Nullable Integer account) {
    if (account != null) {
      throw new RefusedException(400, "Parameter `personal` is invalid: a funnel is everyone's");
    }
  }

  /** Lists what somebody sees of a site; of a program the account is null. */
  @FunctionalInterface
  private interface Listed<T> {
    Future<List<T>> all(SiteId site, @Nullable Integer account);
  }

  /** Adds what a request says to a site; where there is an account, as its own. */
  @FunctionalInterface
  private interface Adding<T> {
    Future<T> add(SiteId site, @Nullable Integer account, Fields fields);
  }

  /** Removes what has a number from a site; where there is an account, only its own. */
  @FunctionalInterface
  private interface Removing {
    Future<Boolean> remove(SiteId site, long id, @Nullable Integer account);
  }

  /**
   * One kind of definition.
   *
   * @param name what one of them is called
   */
  private record Kind<T>(
      String name,
      Listed<T> listed,
      Adding<T> adding,
      Removing removing,
      Function<T, JsonObject> json) {

    String plural() {
      return name + "s";
    }

    Future<JsonObject> list(Owners.OnSite request) {
      return listed
          .all(request.id(), request.account())
          .map(
              all ->
                  new JsonObject().put(plural(), new JsonArray(all.stream().map(json).toList())));
    }

    Future<JsonObject> add(Owners owners, Owners.OnSite request) {
      if (request.fields().flag("personal")) {
        Integer account = request.account();
        if (account == null) {
          throw new RefusedException(
              400, "Parameter `personal` is invalid: a token has nothing of its own");
        }
        return adding.add(request.id(), account, request.fields()).map(json);
      }
      request.require(Permission.EDIT);
      return adding
          .add(request.id(), null, request.fields())
          .map(json)
          .compose(answer -> owners.audit(request, "add", name).map(answer));
    }

    /** What is one's own goes first; a viewer has no other to remove. */
    Future<JsonObject> remove(Owners owners, Owners.OnSite request, long id) {
      Integer account = request.account();
      return (account == null
              ? Future.succeededFuture(/* removed= */ false)
              : removing.remove(request.id(), id, account))
          .compose(own -> own ? Future.succeededFuture(true) : removeShared(owners, request, id))
          .map(removed -> Owners.deleted(removed, "It"));
    }

    private Future<Boolean> removeShared(Owners owners, Owners.OnSite request, long id) {
      request.require(Permission.EDIT);
      return removing
          .remove(request.id(), id, null)
          .compose(
              removed ->
                  removed
                      ? owners.audit(request, "remove", name).map(true)
                      : Future.succeededFuture(false));
    }
  }

  void mount(Router router) {
    kinds.forEach(kind -> mount(router, kind));
  }

  private void mount(Router router, Kind<?> kind) {
    String path = PATH + kind.plural();
    router
        .get(path)
        .respond(context -> owners.answer(context, Permission.LIST, kind::list))
        .failureHandler(Owners::refuse);
    router
        .post(path)
        .respond(
            context ->
                owners.answer(context, Permission.LIST, request -> kind.add(owners, request)))
        .failureHandler(Owners::refuse);
    router
        .delete(path + "/:id")
        .respond(
            context ->
                owners.answer(
                    context,
                    Permission.LIST,
                    request -> kind.remove(owners, request, Owners.id(context, "It"))))
        .failureHandler(Owners::refuse);
  }

  private static Segment segment(@Nullable Integer account, Fields fields) {
    return new Segment(
        0, account, fields.required("name"), SegmentFilters.checked(fields.list("filters")));
  }

  private static Annotation annotation(@Nullable Integer account, Fields fields) {
    LocalDate day = fields.day("day");
    if (day == null) {
      throw new RefusedException(400, "Parameter `day` is required");
    }
    return new Annotation(0, account, day, fields.required("text"));
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
        .put("filters", segment.filters())
        .put("personal", segment.account() != null);
  }

  private static JsonObject json(Annotation annotation) {
    return new JsonObject()
        .put("id", annotation.id())
        .put("day", annotation.day().toString())
        .put("text", annotation.text())
        .put("personal", annotation.account() != null);
  }
}
