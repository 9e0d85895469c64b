package dk.sporlos.page;

import dk.sporlos.http.BuiltFiles;
import dk.sporlos.http.Problem;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The dashboard as its build packed it into the jar: one page at every address under {@code
 * /sites}, and at those of the installation's people and groups, whose script reads the address,
 * and the files that it loads under {@code /app/}. It is the same for everybody; what it shows it
 * asks for with the session of who opened it, and leads those who have none to where they sign in.
 */
public final class DashboardRoutes {
  static final String RESOURCES = "/dk/sporlos/dashboard/";
  private static final String HOME = "/sites";
  private static final List<String> PATHS =
      List.of(HOME, "/sites/:domain", "/sites/:domain/*", "/people", "/groups");

  private final @Nullable DashboardDocument document = DashboardDocument.find();
  private final BuiltFiles files =
      BuiltFiles.under("/app/", RESOURCES + "app/", RESOURCES + "files.txt");

  /** Adds the routes to a router. */
  public void mount(Router router) {
    read(router, "/").handler(DashboardRoutes::goHome);
    PATHS.forEach(path -> read(router, path).handler(this::send));
    files.mount(router);
  }

  private static Route read(Router router, String path) {
    return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
  }

  private static void goHome(RoutingContext context) {
    context.response().setStatusCode(302).putHeader(HttpHeaders.LOCATION, HOME).end();
  }

  private void send(RoutingContext context) {
    if (document == null) {
      new Problem(
              503,
              "no-dashboard",
              "the jar was built without the dashboard: run npm ci && npm run build in dashboard/,"
                  + " and mvn package")
          .send(context.response());
      return;
    }
    document.send(
        context
            .response()
            // It names the files of this version.
            .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache"),
        "frame-ancestors 'none'");
  }
}
