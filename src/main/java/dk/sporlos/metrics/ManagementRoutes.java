package dk.sporlos.metrics;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The routes of the management port: {@code /metrics}, the health of the process, and what the
 * {@link Doctor} finds.
 */
public final class ManagementRoutes {

  /**
   * Whether the process can take beacons.
   *
   * @param obstacle what keeps it from that, in a few words; null if nothing does
   * @param details what else is to be said
   */
  public record Health(@Nullable String obstacle, JsonObject details) {

    /** Nothing more is known than an obstacle. */
    public static Health down(String obstacle) {
      return new Health(obstacle, new JsonObject());
    }
  }

  private final Meters meters;
  private final Supplier<Health> health;
  private final Doctor doctor;

  /**
   * @param health asked at each request; must not wait for anything
   */
  public ManagementRoutes(Meters meters, Supplier<Health> health, Doctor doctor) {
    this.meters = meters;
    this.health = health;
    this.doctor = doctor;
  }

  /** Adds the routes to a router. */
  public void mount(Router router) {
    router.get("/metrics").handler(this::metrics);
    router.get("/doctor").respond(context -> doctor.diagnose().map(Diagnosis::toJson));
    router
        .get("/health/live")
        .handler(context -> answer(context, new Health(null, new JsonObject())));
    router.get("/health/ready").handler(context -> answer(context, health.get()));
  }

  private void metrics(RoutingContext context) {
    context
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")
        .end(meters.scrape());
  }

  private static void answer(RoutingContext context, Health health) {
    String obstacle = health.obstacle();
    JsonObject body = new JsonObject().put("status", obstacle == null ? "up" : "down");
    if (obstacle != null) {
      body.put("reason", obstacle);
    }
    context
        .response()
        .setStatusCode(obstacle == null ? 200 : 503)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .end(body.mergeIn(health.details()).toBuffer());
  }
}
