package dk.sporlos.account;

import dk.sporlos.door.SignInDoor;
import dk.sporlos.site.HostName;
import dk.sporlos.site.Site;
import dk.sporlos.site.Sites;
import dk.sporlos.stats.InvalidQueryException;
import dk.sporlos.stats.Outsiders;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/v1/sites/shared-links}, as the Plausible Sites API has it, and {@code
 * /api/v1/sites/DOMAIN/shared-links}, where they are listed and removed, too: for owners of a site.
 */
final class SharedLinkRoutes {

  private static final String PATH = "/api/v1/sites/:" + Owners.DOMAIN + "/shared-links";

  private final Owners owners;
  private final SharedLinks links;
  private final Sites sites;
  private final Passwords passwords;
  private final SignInDoor door;

  SharedLinkRoutes(
      Owners owners, SharedLinks links, Sites sites, Passwords passwords, SignInDoor door) {
    this.owners = owners;
    this.links = links;
    this.sites = sites;
    this.passwords = passwords;
    this.door = door;
  }

  void mount(Router router) {
    router
        .get("/api/shared")
        .respond(context -> owners.answerGuest(context, this::shown))
        .failureHandler(Owners::refuse);
    router.put("/api/v1/sites/shared-links").respond(this::add).failureHandler(Owners::refuse);
    router.post(PATH).respond(this::add).failureHandler(Owners::refuse);
    router
        .get(PATH)
        .respond(context -> owners.answer(context, Permission.OWN, this::all))
        .failureHandler(Owners::refuse);
    router
        .delete(PATH + "/:id")
        .respond(
            context ->
                owners.change(
                    context,
                    Permission.OWN,
                    "remove",
                    "shared link",
                    request -> remove(request, Owners.id(context, "Shared link"))))
        .failureHandler(Owners::refuse);
  }

  private Future<JsonObject> add(RoutingContext context) {
    return owners.change(
        context, Permission.OWN, "add", "shared link", request -> add(context.request(), request));
  }

  private Future<JsonObject> add(HttpServerRequest http, Owners.OnSite request) {
    SharedLink.Terms terms = terms(request.fields());
    return passwordHash(request.fields().text("password"))
        .compose(hash -> links.add(request.id(), terms, hash, request.caller().actor(request.id())))
        .recover(SharedLinkRoutes::unfit)
        .map(
            added -> {
              if (added == null) {
                throw new RefusedException(
                    400,
                    "name: the site has a shared link of this name, or 500 of them. The address of"
                        + " a link is told once: remove it, or choose another name.");
              }
              return new JsonObject()
                  .put("id", added.id())
                  .put("name", terms.name())
                  .put("url", origin(http) + added.path());
            });
  }

  private static SharedLink.Terms terms(Fields fields) {
    JsonArray filters = fields.has("filters") ? fields.list("filters") : new JsonArray();
    try {
      Outsiders.checkSegment(filters);
      return new SharedLink.Terms(
          fields.required("name"), filters, frames(fields), fields.day("expires"));
    } catch (InvalidQueryException | IllegalArgumentException unfit) {
      throw new RefusedException(400, String.valueOf(unfit.getMessage()));
    }
  }

  private static SharedLink.Frames frames(Fields fields) {
    if (!fields.has("frames")) {
      return SharedLink.Frames.NONE;
    }
    List<String> origins = fields.list("frames").stream().map(String::valueOf).toList();
    return new SharedLink.Frames(origins);
  }

  private Future<@Nullable String> passwordHash(@Nullable String password) {
    if (password == null) {
      return Future.succeededFuture();
    }
    try {
      passwords.checkShared(password);
    } catch (IllegalArgumentException unfit) {
      throw new RefusedException(400, String.valueOf(unfit.getMessage()));
    }
    return passwords.hash(password).map(hash -> hash);
  }

  private static <T> Future<T> unfit(Throwable failure) {
    return Future.failedFuture(
        failure instanceof IllegalArgumentException
            ? new RefusedException(400, String.valueOf(failure.getMessage()))
            : failure);
  }

  /** Where the request was sent to, as far as a proxy says. */
  private String origin(HttpServerRequest request) {
    return (door.isSecure(request) ? "https://" : "http://") + request.authority();
  }

  private Future<JsonObject> all(Owners.OnSite request) {
    return links
        .of(request.id())
        .map(
            all ->
                new JsonObject()
                    .put(
                        "shared_links",
                        new JsonArray(all.stream().map(SharedLinkRoutes::json).toList())));
  }

  private static JsonObject json(SharedLink link) {
    SharedLink.Terms terms = link.terms();
    return new JsonObject()
        .put("id", link.id())
        .put("name", terms.name())
        .put("filters", terms.filters())
        .put("frames", new JsonArray(terms.frames().origins()))
        .put("password", link.passwordHash() != null)
        .put("created", link.createdOn().toString())
        .put("expires", terms.expiresOn() == null ? null : terms.expiresOn().toString())
        .put("used", link.usedOn() == null ? null : link.usedOn().toString());
  }

  private Future<JsonObject> remove(Owners.OnSite request, long id) {
    return links.remove(request.id(), id).map(removed -> Owners.deleted(removed, "Shared link"));
  }

  /** What a guest may see of which site; of public pages they name it. */
  private Future<JsonObject> shown(Caller.Guest guest, Fields fields) {
    SharedLink link = guest.link();
    Future<@Nullable Site> shown =
        link == null
            ? sites.byDomain(HostName.canonical(fields.required("site_id")))
            : Future.succeededFuture(sites.byId(link.site()));
    return shown.map(
        site -> {
          if (site == null || !guest.may(Permission.GLANCE, site)) {
            throw new RefusedException(404, "Site could not be found");
          }
          return new JsonObject()
              .put("name", link == null ? site.domain() : link.terms().name())
              .put(
                  "site",
                  new JsonObject()
                      .put("domain", site.domain())
                      .put("timezone", site.zone().getId()))
              .put("filters", guest.segment())
              .put("rounded_to", site.privacy().rounding());
        });
  }
}
