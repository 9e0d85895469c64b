package dk.sporlos.intake;

import dk.sporlos.http.ScriptRoutes;
import dk.sporlos.http.StaticFile;
import dk.sporlos.site.Dialect;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The addresses at which pages load the trackers of other products. What is there is our own, which
 * understands their snippets; it is there as long as any site takes that dialect.
 */
public final class DialectScripts {
  private static final String NAME = "script";

  /**
   * Of all its variants ({@code script.hash.outbound-links.js}), and of one site ({@code pa-…}).
   */
  private static final Pattern OF_PLAUSIBLE =
      Pattern.compile(
          "(?:script|plausible|analytics)(?:\\.[a-z-]+){0,12}\\.js|p\\.js|pa-[\\w-]+\\.js");

  private static final Map<Dialect, List<String>> PATHS =
      Map.of(
          Dialect.UMAMI, List.of("/script.js"),
          Dialect.MATOMO, List.of("/matomo.js", "/piwik.js"),
          Dialect.GOATCOUNTER,
              List.of(
                  "/count.js",
                  "/count.v1.js",
                  "/count.v2.js",
                  "/count.v3.js",
                  "/count.v4.js",
                  "/count.v5.js"));

  private final Predicate<Dialect> taken;

  /** Those that were asked for: most installations take no dialect. */
  private final Map<Dialect, StaticFile> scripts = new ConcurrentHashMap<>();

  /**
   * @param taken whether any site takes a dialect
   */
  public DialectScripts(Predicate<Dialect> taken) {
    this.taken = taken;
  }

  /** Adds the routes to a router. */
  public void mount(Router router) {
    PATHS.forEach((dialect, paths) -> paths.forEach(path -> add(router, path, dialect)));
    router
        .route("/js/:" + NAME)
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
        .handler(
            context -> {
              if (OF_PLAUSIBLE.matcher(context.pathParam(NAME)).matches()) {
                send(context, Dialect.PLAUSIBLE);
              } else {
                context.fail(404);
              }
            });
  }

  private void add(Router router, String path, Dialect dialect) {
    router
        .route(path)
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
        .handler(context -> send(context, dialect));
  }

  private void send(RoutingContext context, Dialect dialect) {
    if (taken.test(dialect)) {
      scripts
          .computeIfAbsent(
              dialect, asked -> ScriptRoutes.script("/dialects/" + asked.label() + ".js"))
          .send(context);
    } else {
      // A site may take it soon: it must not be remembered that there is none.
      context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
      context.fail(404);
    }
  }
}
