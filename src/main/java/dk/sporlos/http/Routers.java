package dk.sporlos.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Routers that answer every failure with a {@link Problem} and no stack trace. */
public final class Routers {
  private static final FailedRequests FAILURES = new FailedRequests("a request failed");

  private Routers() {}

  /** A router without routes. */
  public static Router create(Vertx vertx) {
    Router router = Router.router(vertx);
    router.errorHandler(
        400, context -> send(context, new Problem(400, "bad-request", "this is no valid request")));
    router.errorHandler(
        404,
        context ->
            send(context, new Problem(404, "not-found", "there is nothing at this address")));
    router.errorHandler(405, context -> otherMethod(router, context));
    router.errorHandler(500, Routers::failed);
    return router;
  }

  /** The routes of a router that have a path, each as method and path: {@code POST /b}. */
  static List<String> names(Router router) {
    return router.getRoutes().stream()
        .filter(route -> route.getPath() != null)
        .flatMap(
            route ->
                route.methods() == null
                    ? Stream.of("* " + route.getPath())
                    : route.methods().stream().map(method -> method.name() + " " + route.getPath()))
        .distinct()
        .sorted()
        .toList();
  }

  /* RFC 9110 15.5.6: such an answer says which methods would do. */
  private static void otherMethod(Router router, RoutingContext context) {
    String allowed =
        router.getRoutes().stream()
            .filter(route -> context.normalizedPath().equals(route.getPath()))
            .filter(route -> route.methods() != null)
            .flatMap(route -> route.methods().stream())
            .map(HttpMethod::name)
            .sorted()
            .distinct()
            .collect(Collectors.joining(", "));
    context.response().putHeader(HttpHeaders.ALLOW, allowed);
    send(context, new Problem(405, "method-not-allowed", "this address takes " + allowed));
  }

  private static void failed(RoutingContext context) {
    if (context.failure() != null) {
      FAILURES.log(context.request(), context.failure());
    }
    send(context, new Problem(500, "internal", "this is our fault; the log says more"));
  }

  private static void send(RoutingContext context, Problem problem) {
    if (context.response().ended() || context.response().closed()) {
      return;
    }
    if (context.request().method().equals(HttpMethod.HEAD)) {
      context.response().setStatusCode(problem.status()).end();
    } else {
      problem.send(context.response());
    }
  }
}
