package dk.sporlos.page;

import dk.sporlos.http.StaticFile;
import io.vertx.ext.web.Router;

/** The stylesheet of all pages. */
public final class StyleRoute {
  private final StaticFile style =
      StaticFile.of(
          Page.STYLESHEET,
          "text/css; charset=utf-8",
          Resources.read(StyleRoute.class, "style.css"),
          response -> {});

  /** Adds the route to a router. */
  public void mount(Router router) {
    style.mount(router);
  }
}
