package dk.sporlos.account;

import dk.sporlos.settings.Setting;
import dk.sporlos.site.Profile;
import dk.sporlos.site.Rules;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteSettings;
import dk.sporlos.site.SiteStore;
import dk.sporlos.site.Sites;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/v1/sites/DOMAIN/settings}: what holds for a site, by the names and in the words of
 * {@code sporlos site set}. For owners, as some of it says where the site's own people are.
 */
final class SettingRoutes {
  private static final String PATH = "/api/v1/sites/:" + Owners.DOMAIN + "/settings";
  private static final String PROFILE = "profile";

  private final Owners owners;
  private final SiteStore store;
  private final Sites sites;

  SettingRoutes(Owners owners, SiteStore store, Sites sites) {
    this.owners = owners;
    this.store = store;
    this.sites = sites;
  }

  void mount(Router router) {
    router
        .get(PATH)
        .respond(context -> owners.answer(context, Permission.OWN, this::all))
        .failureHandler(Owners::refuse);
    router
        .put(PATH)
        .respond(context -> owners.answer(context, Permission.OWN, this::change))
        .failureHandler(Owners::refuse);
  }

  private Future<JsonObject> all(Owners.OnSite request) {
    Site site = request.site();
    return store.texts(site.id()).map(texts -> json(site, site.profile(), texts));
  }

  /** All that is said is checked before any of it holds. */
  private Future<JsonObject> change(Owners.OnSite request) {
    JsonObject said = request.fields().object("settings");
    String named = request.fields().text(PROFILE);
    Map<Setting<?>, String> texts = new LinkedHashMap<>();
    said.forEach(
        entry -> {
          Setting<?> setting = setting(entry.getKey());
          texts.put(setting, text(setting, entry.getValue()));
        });
    Profile before = request.site().profile();
    Profile profile = named == null ? before : profile(named);
    SiteStore.Change change = new SiteStore.Change(profile.equals(before) ? null : profile, texts);
    return store
        .change(request.id(), change, request.caller().actor(request.id()))
        .compose(done -> sites.refresh().otherwiseEmpty())
        .compose(seen -> store.texts(request.id()))
        .map(now -> json(request.site(), profile, now));
  }

  private static Setting<?> setting(String name) {
    try {
      return SiteSettings.named(name);
    } catch (IllegalArgumentException unknown) {
      throw new RefusedException(400, String.valueOf(unknown.getMessage()));
    }
  }

  /** As it is stored; empty for the default. */
  private static String text(Setting<?> setting, @Nullable Object value) {
    if (value != null && !(value instanceof String)) {
      throw new RefusedException(400, setting.name() + ": write it as a text, or null");
    }
    String text = value == null ? "" : ((String) value).strip();
    if (!text.isEmpty()) {
      try {
        Objects.requireNonNull(setting.parse().apply(text), "parsers return what they read");
      } catch (IllegalArgumentException unfit) {
        throw new RefusedException(400, setting.name() + ": " + unfit.getMessage());
      }
    }
    return text;
  }

  private static Profile profile(String name) {
    try {
      return Profile.parse(name);
    } catch (IllegalArgumentException unknown) {
      throw new RefusedException(400, "profile: " + unknown.getMessage());
    }
  }

  private static JsonObject json(Site site, Profile profile, Map<String, String> texts) {
    JsonArray settings = new JsonArray();
    for (Setting<?> setting : SiteSettings.ALL) {
      String said = texts.get(setting.name());
      settings.add(
          new JsonObject()
              .put("name", setting.name())
              .put("value", said)
              .put("default", SiteSettings.fallback(profile, setting))
              .put("description", setting.description())
              .put("values", setting.placeholder()));
    }
    return new JsonObject()
        .put("domain", site.domain())
        .put("timezone", site.zone().getId())
        .put("public_id", site.publicId())
        .put(PROFILE, profile.label())
        .put(
            "profiles",
            new JsonArray(
                Stream.of(Profile.values())
                    .map(
                        one ->
                            new JsonObject()
                                .put("name", one.label())
                                .put("description", one.description()))
                    .toList()))
        .put("settings", settings)
        .put(
            "departures",
            new JsonArray(
                Rules.departures(profile, texts).stream()
                    .map(
                        departure ->
                            new JsonObject()
                                .put("name", departure.setting().name())
                                .put("words", departure.words()))
                    .toList()));
  }
}
