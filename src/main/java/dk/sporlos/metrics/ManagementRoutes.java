package dk.sporlos.metrics;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The routes of the management port: {@code /metrics}, the health of the process, and what the
 * {@link Doctor} finds.
 */
public final class ManagementRoutes {
  private final Meters meters;
  private final Supplier<Future<@Nullable String>> obstacle;
  private final Doctor doctor;

  /**
   * @param obstacle tells what keeps the process from taking beacons, in a few words; null if
   *     nothing does
   */
  public ManagementRoutes(
      Meters meters, Supplier<Future<@Nullable String>> obstacle, Doctor doctor) {
    this.meters = meters;
    this.obstacle = obstacle;
    this.doctor = doctor;
  }

  /** Adds the routes to a router. */
  public void mount(Router router) {
    router.get("/metrics").handler(this::metrics);
    router.get("/doctor").respond(context -> doctor.findings().map(ManagementRoutes::json));
    router.get("/health/live").handler(context -> answer(context, null));
    router
        .get("/health/ready")
        .handler(
            context ->
                obstacle
                    .get()
                    .onComplete(
                        found -> answer(context, found),
                        failure -> answer(context, failure.getClass().getSimpleName())));
  }

  private void metrics(RoutingContext context) {
    context
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")
        .end(meters.scrape());
  }

  private static JsonObject json(List<Doctor.Finding> findings) {
    JsonArray array = new JsonArray();
    findings.forEach(
        finding ->
            array.add(
                new JsonObject()
                    .put("code", finding.code())
                    .put("detail", finding.detail())
                    .put("remedy", finding.remedy())));
    return new JsonObject().put("findings", array);
  }

  private static void answer(RoutingContext context, @Nullable String obstacle) {
    JsonObject body = new JsonObject().put("status", obstacle == null ? "up" : "down");
    if (obstacle != null) {
      body.put("reason", obstacle);
    }
    context
        .response()
        .setStatusCode(obstacle == null ? 200 : 503)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .end(body.toBuffer());
  }
}
