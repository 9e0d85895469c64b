package dk.sporlos.page;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;

/** The stylesheet of all pages. */
public final class StyleRoute {
  private final Buffer style = Buffer.buffer(Resources.read(StyleRoute.class, "style.css"));

  /** Adds the route to a router. */
  public void mount(Router router) {
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
}
