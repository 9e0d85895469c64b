package dk.sporlos.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Counts requests and how long their answers take, by route. */
public final class RequestTimes {

  /*
   * A path is the visitor's or the caller's to choose, and so is a method: labels hold the path that
   * the route was declared with, and methods of RFC 9110 and RFC 5789; everything else is "other".
   */
  static final String OTHER = "other";

  private static final Set<HttpMethod> METHODS =
      Set.of(
          HttpMethod.GET,
          HttpMethod.HEAD,
          HttpMethod.POST,
          HttpMethod.PUT,
          HttpMethod.PATCH,
          HttpMethod.DELETE,
          HttpMethod.OPTIONS);

  private static final Duration[] BUCKETS =
      Stream.of(1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 10_000)
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  /** What a request is counted under. */
  record Labels(String method, String route, String status) {}

  private final MeterRegistry meters;
  private final AtomicInteger underWay = new AtomicInteger();
  private final Map<Labels, Timer> timers = new ConcurrentHashMap<>();

  public RequestTimes(MeterRegistry meters) {
    this.meters = meters;
    Gauge.builder("sporlos.http.requests.active", underWay, AtomicInteger::get)
        .description("Requests that are not answered yet")
        .register(meters);
  }

  /** Sees each request before the routes that are added later. */
  public void mount(Router router) {
    router.route().handler(this::begin);
  }

  private void begin(RoutingContext context) {
    long began = System.nanoTime();
    underWay.incrementAndGet();
    context.addEndHandler(
        ended -> {
          underWay.decrementAndGet();
          timers
              .computeIfAbsent(labels(context), this::timer)
              .record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
        });
    context.next();
  }

  static Labels labels(RoutingContext context) {
    HttpMethod method = context.request().method();
    Route route = context.currentRoute();
    String path = route == null ? null : route.getPath();
    return new Labels(
        METHODS.contains(method) ? method.name() : OTHER,
        path == null ? OTHER : path,
        context.response().getStatusCode() / 100 + "xx");
  }

  private Timer timer(Labels labels) {
    return Timer.builder("sporlos.http.requests")
        .description("Time from the head of a request to the end of its answer")
        .tag("method", labels.method())
        .tag("route", labels.route())
        .tag("status", labels.status())
        .serviceLevelObjectives(BUCKETS)
        .register(meters);
  }
}
