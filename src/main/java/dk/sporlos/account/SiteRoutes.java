package dk.sporlos.account;

import dk.sporlos.goal.Properties;
import dk.sporlos.seal.SiteRemoval;
import dk.sporlos.seal.SiteReset;
import dk.sporlos.settings.Setting;
import dk.sporlos.site.Domain;
import dk.sporlos.site.Profile;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import dk.sporlos.site.Sites;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/v1/sites}: the sites themselves, in the shapes of the Plausible Sites API, for tokens
 * of scope {@code sites}. Only one that opens all sites may add some.
 */
final class SiteRoutes {

  private static final String PATH = "/api/v1/sites";

  /** Shorter than that of {@link Owners}. */
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private final Owners owners;
  private final SiteStore store;
  private final Sites sites;
  private final Properties properties;
  private final SiteRemoval removal;
  private final SiteReset reset;

  SiteRoutes(
      Owners owners,
      SiteStore store,
      Sites sites,
      Properties properties,
      SiteRemoval removal,
      SiteReset reset) {
    this.owners = owners;
    this.store = store;
    this.sites = sites;
    this.properties = properties;
    this.removal = removal;
    this.reset = reset;
  }

  void mount(Router router) {
    router
        .get(PATH)
        .respond(context -> owners.answer(context, this::all))
        .failureHandler(Owners::refuse);
    router
        .post(PATH)
        .respond(context -> owners.answer(context, this::add))
        .failureHandler(Owners::refuse);
    router
        .get(PATH + "/:domain")
        .respond(context -> owners.answer(context, Permission.LIST, this::one))
        .failureHandler(Owners::refuse);
    router
        .put(PATH + "/:domain")
        .respond(context -> owners.answer(context, Permission.OWN, this::change))
        .failureHandler(Owners::refuse);
    router
        .delete(PATH + "/:domain")
        .respond(context -> owners.answer(context, Permission.OWN, this::remove))
        .failureHandler(Owners::refuse);
    router
        .post(PATH + "/:domain/reset")
        .respond(context -> owners.answer(context, Permission.OWN, this::reset))
        .failureHandler(Owners::refuse);
  }

  private Future<JsonObject> all(Owners.Request request) {
    Caller caller = request.caller();
    return store
        .all()
        .map(
            all -> {
              List<Site> opened =
                  all.stream().filter(site -> caller.may(Permission.LIST, site)).toList();
              return Listing.of("sites", opened, Site::domain, SiteRoutes::json, request.fields());
            });
  }

  private Future<JsonObject> add(Owners.Request request) {
    if (!request.caller().mayEverywhere(Permission.OWN)) {
      throw request.caller() instanceof Caller.Program
          ? new RefusedException(
              401,
              "This API key is for one site; sites are added with one that is for all of them.")
          : new RefusedException(403, "Sites are added by administrators of the installation.");
    }
    String domain = domain(request.fields());
    ZoneId zone = zone(request.fields().text("timezone"));
    Profile profile = profile(request.fields().text("profile"));
    return store
        .add(domain, zone, false, profile)
        .map(SiteRoutes::added)
        .compose(site -> sites.refresh().otherwiseEmpty().map(site))
        .map(SiteRoutes::json);
  }

  private static Site added(@Nullable Site site) {
    if (site == null) {
      throw new RefusedException(
          400,
          "domain: This domain cannot be registered. Perhaps one of your colleagues registered"
              + " it?");
    }
    return site;
  }

  private Future<JsonObject> one(Owners.OnSite request) {
    return properties
        .all(request.id())
        .map(names -> json(request.site()).put("custom_properties", new JsonArray(names)));
  }

  /** What is said of other products' trackers is checked before the site has another name. */
  private Future<JsonObject> change(Owners.OnSite request) {
    Site site = request.site();
    Map<Setting<?>, String> texts = FormerProduct.texts(request.fields());
    boolean renames = texts.isEmpty() || request.fields().has("domain");
    String domain = renames ? domain(request.fields()) : site.domain();
    String actor = request.caller().actor(site.id());
    return store
        .change(site.id(), new SiteStore.Change(null, texts), actor)
        .recover(FormerProduct::refused)
        .compose(changed -> renames ? rename(request, domain) : Future.<Void>succeededFuture())
        .compose(changed -> sites.refresh().otherwiseEmpty())
        .compose(seen -> store.texts(site.id()))
        .map(
            now ->
                FormerProduct.put(
                    new JsonObject().put("domain", domain).put("timezone", site.zone().getId()),
                    now));
  }

  private Future<Void> rename(Owners.OnSite request, String domain) {
    return store
        .rename(request.id(), domain)
        .compose(
            renamed ->
                renamed
                    ? owners.audit(request, "change", "domain")
                    : Future.failedFuture(
                        new RefusedException(400, "domain: another site has this domain")));
  }

  private Future<JsonObject> remove(Owners.OnSite request) {
    Site site = request.site();
    requireConfirmed(request);
    return removal
        .remove(site, request.caller().actor(site.id()))
        .compose(removed -> sites.refresh().otherwiseEmpty().map(removed))
        .map(removed -> Owners.deleted(removed, "Site"));
  }

  private Future<JsonObject> reset(Owners.OnSite request) {
    Site site = request.site();
    requireConfirmed(request);
    return reset
        .reset(site, request.caller().actor(site.id()))
        .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .recover(SiteRoutes::later)
        .map(deleted -> Owners.deleted(true, "Site"));
  }

  /** Nothing stops it: who asked just does not hear of its end. */
  private static Future<Long> later(Throwable failure) {
    return Future.failedFuture(
        failure instanceof TimeoutException
            ? new RefusedException(
                503, "There is much to delete, and it goes on: look again in some minutes.")
            : failure);
  }

  /* What is gone is gone for good, so a program that only meant to tidy up has to say it twice. */
  private static void requireConfirmed(Owners.OnSite request) {
    if (!request.site().domain().equals(request.fields().text("confirm"))) {
      throw new RefusedException(
          400,
          "All figures of the site would be deleted for good. If that is meant, say it with the"
              + " parameter `confirm`, whose value is the domain.");
    }
  }

  private static String domain(Fields fields) {
    String text = fields.required("domain");
    try {
      return Domain.parse(text);
    } catch (IllegalArgumentException unfit) {
      throw new RefusedException(400, "domain: " + unfit.getMessage());
    }
  }

  /** Only names of regions: an offset would not know when the clocks change. */
  private static ZoneId zone(@Nullable String name) {
    if (name == null || name.isBlank()) {
      return ZoneId.of("Etc/UTC");
    }
    if (!ZoneId.getAvailableZoneIds().contains(name)) {
      throw new RefusedException(
          400, "timezone: write the name of a time zone, as in Europe/Copenhagen");
    }
    return ZoneId.of(name);
  }

  private static Profile profile(@Nullable String name) {
    try {
      return name == null ? Profile.DK : Profile.parse(name);
    } catch (IllegalArgumentException unknown) {
      throw new RefusedException(400, "profile: " + unknown.getMessage());
    }
  }

  private static JsonObject json(Site site) {
    return new JsonObject().put("domain", site.domain()).put("timezone", site.zone().getId());
  }
}
