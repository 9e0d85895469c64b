package dk.sporlos.privacy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The stylesheet of the pages for visitors. */
final class StyleRoute {
  private final Buffer style = Buffer.buffer(read("style.css"));

  /** Adds the route to a router. */
  void mount(Router router) {
    router
        .get(Page.STYLESHEET)
        .handler(
            context ->
                context
                    .response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, "text/css; charset=utf-8")
                    .putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=86400")
                    .putHeader("X-Content-Type-Options", "nosniff")
                    .end(style));
  }

  /**
   * A file that was packed into the jar beside this class.
   *
   * @throws IllegalStateException if it was not
   */
  static byte[] read(String name) {
    try (InputStream resource = StyleRoute.class.getResourceAsStream(name)) {
      if (resource == null) {
        throw new IllegalStateException("the jar was built without " + name);
      }
      return resource.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + name, unreadable);
    }
  }
}
