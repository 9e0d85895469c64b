package dk.sporlos.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.CRC32C;

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

  /**
   * A file that is served.
   *
   * @param tag by which a browser asks whether it has changed
   */
  private record Script(String path, Buffer text, String tag) {

    static Script read(String path) {
      try (InputStream resource = ScriptRoutes.class.getResourceAsStream(RESOURCES + path)) {
        if (resource == null) {
          throw new IllegalStateException("the jar was built without " + RESOURCES + path);
        }
        byte[] bytes = resource.readAllBytes();
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        return new Script(
            path, Buffer.buffer(bytes), "\"" + Long.toHexString(checksum.getValue()) + "\"");
      } catch (IOException unreadable) {
        throw new UncheckedIOException("cannot read " + RESOURCES + path, unreadable);
      }
    }

    void send(RoutingContext context) {
      context
          .response()
          .putHeader(HttpHeaders.CONTENT_TYPE, "text/javascript; charset=utf-8")
          .putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=86400")
          .putHeader(HttpHeaders.ETAG, tag)
          .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*")
          .putHeader("Cross-Origin-Resource-Policy", "cross-origin")
          .putHeader("X-Content-Type-Options", "nosniff");
      if (tag.equals(context.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
        context.response().setStatusCode(304).end();
      } else {
        context.response().end(text);
      }
    }
  }

  private final List<Script> scripts;

  /**
   * @throws IllegalStateException if the jar was built without one of them
   */
  public ScriptRoutes() {
    scripts = PATHS.stream().map(Script::read).toList();
  }

  /** Adds the routes to a router. */
  public void mount(Router router) {
    for (Script script : scripts) {
      router
          .route(script.path())
          .method(HttpMethod.GET)
          .method(HttpMethod.HEAD)
          .handler(script::send);
    }
  }
}
