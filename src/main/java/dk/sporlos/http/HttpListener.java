package dk.sporlos.http;

import dk.sporlos.settings.Endpoint;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** An HTTP server on one endpoint. */
public final class HttpListener {
  private static final int MAX_HEADER_BYTES = 16 * 1024;
  private static final int IDLE_SECONDS = 60;
  private static final AtomicInteger CHOSEN_BY_SYSTEM = new AtomicInteger();

  /** The endpoint cannot be listened on. */
  public static final class ListenException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ListenException(Endpoint endpoint, String setting, Throwable cause) {
      super(
          "cannot listen on %s, which may be in use; choose another with %s, as in %s 127.0.0.1:9090"
              .formatted(endpoint, setting, setting),
          cause);
    }
  }

  /* A server of its own on every event loop, each with its own router, all on one port. */
  private static final class Listener extends VerticleBase {
    private final List<Consumer<Router>> features;
    private final String host;
    private final int port;
    private final AtomicInteger actualPort;

    Listener(List<Consumer<Router>> features, String host, int port, AtomicInteger actualPort) {
      this.features = features;
      this.host = host;
      this.port = port;
      this.actualPort = actualPort;
    }

    @Override
    public Future<?> start() {
      HttpServerOptions options =
          new HttpServerOptions()
              // An upgrade in clear text is nothing that browsers or proxies ask for.
              .setHttp2ClearTextEnabled(false)
              // Who asks first whether to send a body waits for the answer.
              .setHandle100ContinueAutomatically(true)
              .setMaxHeaderSize(MAX_HEADER_BYTES)
              .setIdleTimeout(IDLE_SECONDS)
              .setIdleTimeoutUnit(TimeUnit.SECONDS);
      Router router = Routers.create(vertx);
      features.forEach(feature -> feature.accept(router));
      return vertx
          .createHttpServer(options)
          .requestHandler(router)
          .listen(port, host)
          .onSuccess(server -> actualPort.set(server.actualPort()));
    }
  }

  private final Vertx vertx;
  private final String deployment;
  private final int port;

  private HttpListener(Vertx vertx, String deployment, int port) {
    this.vertx = vertx;
    this.deployment = deployment;
    this.port = port;
  }

  /**
   * Starts to listen.
   *
   * @param instances on how many event loops
   * @param features add their routes to a router, once for each event loop
   * @param setting the flag that the endpoint was set by, named when it cannot be listened on
   */
  public static Future<HttpListener> listen(
      Vertx vertx,
      int instances,
      List<Consumer<Router>> features,
      Endpoint endpoint,
      String setting) {
    AtomicInteger actualPort = new AtomicInteger();
    int port = endpoint.port() == 0 ? chosenBySystem() : endpoint.port();
    return vertx
        .deployVerticle(
            () -> new Listener(features, endpoint.host(), port, actualPort),
            new DeploymentOptions().setInstances(instances))
        .map(deployment -> new HttpListener(vertx, deployment, actualPort.get()))
        .recover(failure -> Future.failedFuture(new ListenException(endpoint, setting, failure)));
  }

  /*
   * Servers of one Vert.x that ask for the same negative port share one that the system chooses: the
   * servers of one listener must, those of two listeners must not.
   */
  private static int chosenBySystem() {
    return -1 - Math.floorMod(CHOSEN_BY_SYSTEM.getAndIncrement(), Short.MAX_VALUE);
  }

  /** The port that is listened on. */
  public int port() {
    return port;
  }

  /** Stops to listen, and waits a moment for the requests under way. */
  public Future<Void> close() {
    return vertx.undeploy(deployment);
  }
}
