package dk.sporlos.privacy;

import dk.sporlos.http.SecurityHeaders;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;

/** Says that this host obeys Global Privacy Control (https://www.w3.org/TR/gpc/, section 5). */
public final class GpcRoute {
  private static final String LAST_UPDATE = "2026-11-26";

  /** Adds the route to a router. */
  public void mount(Router router) {
    router
        .get("/.well-known/gpc.json")
        .handler(
            context ->
                SecurityHeaders.lendToScripts(context.response())
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=86400")
                    .end(
                        new JsonObject()
                            .put("gpc", true)
                            .put("lastUpdate", LAST_UPDATE)
                            .toBuffer()));
  }
}
