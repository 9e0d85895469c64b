package dk.sporlos.page;

import dk.sporlos.http.StaticFile;
import io.vertx.ext.web.Router;

/** A script of a page, packed beside the class that makes the page. */
public final class ScriptRoute {
  private final StaticFile script;

  /**
   * @param path its address, whose last part is the name of the file
   */
  public ScriptRoute(Class<?> beside, String path) {
    this.script =
        StaticFile.of(
            path,
            "text/javascript; charset=utf-8",
            Resources.read(beside, path.substring(path.lastIndexOf('/') + 1)),
            response -> {});
  }

  /** Adds the route to a router. */
  public void mount(Router router) {
    script.mount(router);
  }
}
