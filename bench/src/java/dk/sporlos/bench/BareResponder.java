package dk.sporlos.bench;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;

/**
 * What HTTP costs and nothing else: reads the body of each request and answers 204. The limit that
 * the collector is measured against, on as many event loops.
 */
public final class BareResponder extends VerticleBase {
  private static final int PORT_OF_ALL = -1;

  @Override
  public Future<?> start() {
    return vertx
        .createHttpServer()
        .requestHandler(
            request ->
                request.body().onSuccess(body -> request.response().setStatusCode(204).end()))
        .listen(PORT_OF_ALL, "127.0.0.1")
        .onSuccess(server -> System.out.println("listens on " + server.actualPort()));
  }

  /** Listens until it is ended. */
  public static void main(String... none) {
    Vertx.vertx()
        .deployVerticle(
            BareResponder::new,
            new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors()))
        .onFailure(Throwable::printStackTrace);
  }
}
