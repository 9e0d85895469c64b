package dk.sporlos.http;

import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * What websites load, as it was packed into the jar: the tracker at {@code GET /s.js}, the choice
 * of a visitor at {@code /choose.js}, and what connects consent platforms under {@code /consent/}.
 */
public final class ScriptRoutes {
  private static final String RESOURCES = "/dk/sporlos/tracker";

  private static final List<String> PATHS =
      List.of(
          "/s.js",
          "/choose.js",
          "/consent/cookiebot.js",
          "/consent/cookieinformation.js",
          "/consent/usercentrics.js",
          "/consent/google.js");

  /** Websites of every origin load them. */
  private static final Map<String, String> HEADERS =
      Map.of("Access-Control-Allow-Origin", "*", "Cross-Origin-Resource-Policy", "cross-origin");

  private final List<StaticFile> scripts;

  /**
   * @throws IllegalStateException if the jar was built without one of them
   */
  public ScriptRoutes() {
    scripts = PATHS.stream().map(ScriptRoutes::read).toList();
  }

  /** Adds the routes to a router. */
  public void mount(Router router) {
    scripts.forEach(script -> script.mount(router));
  }

  private static StaticFile read(String path) {
    try (InputStream resource = ScriptRoutes.class.getResourceAsStream(RESOURCES + path)) {
      if (resource == null) {
        throw new IllegalStateException("the jar was built without " + RESOURCES + path);
      }
      return StaticFile.of(
          path, "text/javascript; charset=utf-8", resource.readAllBytes(), HEADERS);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + RESOURCES + path, unreadable);
    }
  }
}
