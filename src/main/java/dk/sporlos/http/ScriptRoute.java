package dk.sporlos.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.CRC32C;

/** The tracker at {@code GET /s.js}, as it was packed into the jar. */
public final class ScriptRoute {
  private static final String RESOURCE = "/dk/sporlos/tracker/s.js";

  private final Buffer script;
  private final String tag;

  /**
   * @throws IllegalStateException if the jar was built without the tracker
   */
  public ScriptRoute() {
    try (InputStream resource = ScriptRoute.class.getResourceAsStream(RESOURCE)) {
      if (resource == null) {
        throw new IllegalStateException("the jar was built without " + RESOURCE);
      }
      byte[] bytes = resource.readAllBytes();
      CRC32C checksum = new CRC32C();
      checksum.update(bytes);
      script = Buffer.buffer(bytes);
      tag = "\"" + Long.toHexString(checksum.getValue()) + "\"";
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + RESOURCE, unreadable);
    }
  }

  /** Adds the route to a router. */
  public void mount(Router router) {
    router.route("/s.js").method(HttpMethod.GET).method(HttpMethod.HEAD).handler(this::send);
  }

  private void send(RoutingContext context) {
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
      context.response().end(script);
    }
  }
}
