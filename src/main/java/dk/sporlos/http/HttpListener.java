package dk.sporlos.http;

import dk.sporlos.settings.Endpoint;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An HTTP server on one endpoint. */
public final class HttpListener {
  private static final int MAX_HEADER_BYTES = 16 * 1024;
  private static final int IDLE_SECONDS = 60;

  /*
   * HTTP/2 is spoken by TLS alone. Of one connection no more is taken than of several of HTTP/1: so
   * many requests at once, heads of the same size, and no more streams that are opened to be reset
   * (CVE-2023-44487) than a person causes who leaves pages while they load.
   */
  private static final int MAX_STREAMS = 100;
  private static final int MAX_RESETS = 200;
  private static final int RESETS_SECONDS = 30;

  private static final long SWEEP_MILLIS = 1_000;
  private static final Duration FIRST_REQUEST = Duration.ofMillis(500);
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
    private final Gate gate;
    private final ConnectionWatch watch;
    private final String host;
    private final int port;
    private final HttpListener listener;
    private final HttpServerOptions options =
        new HttpServerOptions()
            // An upgrade in clear text is nothing that browsers or proxies ask for.
            .setHttp2ClearTextEnabled(false)
            // Who asks first whether to send a body waits for the answer.
            .setHandle100ContinueAutomatically(true)
            // Nobody is spoken to by WebSocket, so requests need not pass what would compress it.
            .setPerFrameWebSocketCompressionSupported(false)
            .setPerMessageWebSocketCompressionSupported(false)
            .setMaxInitialLineLength(HeadRules.MAX_LINE_BYTES)
            .setMaxHeaderSize(MAX_HEADER_BYTES)
            .setInitialSettings(
                new Http2Settings()
                    .setMaxConcurrentStreams(MAX_STREAMS)
                    .setMaxHeaderListSize(MAX_HEADER_BYTES)
                    .setPushEnabled(false))
            .setHttp2RstFloodMaxRstFramePerWindow(MAX_RESETS)
            .setHttp2RstFloodWindowDuration(RESETS_SECONDS)
            .setHttp2RstFloodWindowDurationTimeUnit(TimeUnit.SECONDS)
            .setIdleTimeout(IDLE_SECONDS)
            .setIdleTimeoutUnit(TimeUnit.SECONDS);
    private @Nullable HttpServer server;

    Listener(
        List<Consumer<Router>> features, Gate gate, String host, int port, HttpListener listener) {
      this.features = features;
      this.gate = gate;
      this.watch = new ConnectionWatch(gate.connections());
      this.host = host;
      this.port = port;
      this.listener = listener;
    }

    @Override
    public Future<?> start() {
      Router router = Routers.create(vertx);
      features.forEach(feature -> feature.accept(router));
      listener.routes = Routers.names(router);
      listener.instances.add(this);
      vertx.setPeriodic(
          Math.min(SWEEP_MILLIS, gate.connections().limits().shortest().toMillis() / 4),
          tick -> watch.sweep());
      Tls tls = gate.tls();
      if (tls != null) {
        tls.configure(options);
      }
      HttpServer created =
          vertx
              .createHttpServer(options)
              .connectionHandler(this::arrived)
              .invalidRequestHandler(this::unreadable)
              .requestHandler(request -> handle(request, router));
      server = created;
      return created
          .listen(port, host)
          .onSuccess(ready -> listener.port = ready.actualPort())
          .onSuccess(
              ready -> {
                if (tls != null) {
                  tls.follow(ready);
                }
              });
    }

    private void handle(HttpServerRequest request, Router router) {
      watch.began(request);
      Problem fault = HeadRules.fault(request);
      if (fault != null) {
        refuse(new UnreadableRequest(request.path(), fault), request);
      } else {
        gate.headers().begin(request);
        router.handle(request);
      }
    }

    private void arrived(HttpConnection connection) {
      if (watch.opened(connection)) {
        StrictDecoder.install(connection, options);
        gate.arrival().accept(connection);
      }
    }

    private void unreadable(HttpServerRequest request) {
      refuse(UnreadableRequest.of(request), request);
    }

    private void refuse(UnreadableRequest unreadable, HttpServerRequest request) {
      gate.headers().begin(request);
      gate.unreadable().accept(unreadable);
      unreadable.answer(request);
    }

    /** From now on each answer says that it is the last of its connection. */
    void announceEnd() {
      context.runOnContext(ignored -> watch.stop());
    }

    @Override
    public Future<?> stop() {
      watch.stop();
      HttpServer listening = server;
      if (listening == null) {
        return Future.succeededFuture();
      }
      Tls tls = gate.tls();
      if (tls != null) {
        tls.leave(listening);
      }
      return listening.shutdown(listener.patience.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private final Vertx vertx;
  private final List<Listener> instances = new CopyOnWriteArrayList<>();
  private volatile Sockets.Closing socket = Future::succeededFuture;
  private volatile Duration patience = Duration.ZERO;
  private volatile int port;
  private volatile List<String> routes = List.of();
  private volatile @Nullable String deployment;

  private HttpListener(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * Starts to listen.
   *
   * @param instances on how many event loops
   * @param features add their routes to a router, once for each event loop
   * @param setting the flag that the endpoint was set by, named when it cannot be listened on
   * @param gate what stands before the routes
   */
  public static Future<HttpListener> listen(
      Vertx vertx,
      int instances,
      List<Consumer<Router>> features,
      Endpoint endpoint,
      String setting,
      Gate gate) {
    HttpListener listener = new HttpListener(vertx);
    int port = endpoint.port() == 0 ? chosenBySystem() : endpoint.port();
    Sockets sockets = gate.sockets();
    if (sockets != null) {
      sockets.expect(endpoint, gate.connections());
    }
    return vertx
        .deployVerticle(
            () -> new Listener(features, gate, endpoint.host(), port, listener),
            new DeploymentOptions().setInstances(instances))
        .map(
            deployment -> {
              listener.deployment = deployment;
              if (sockets != null) {
                listener.socket = sockets.latest();
              }
              return listener;
            })
        .recover(failure -> Future.failedFuture(new ListenException(endpoint, setting, failure)));
  }

  /*
   * Servers of one Vert.x that ask for the same negative port share one that the system chooses: the
   * servers of one listener must, those of two listeners must not.
   */
  private static int chosenBySystem() {
    return -1 - Math.floorMod(CHOSEN_BY_SYSTEM.getAndIncrement(), Short.MAX_VALUE);
  }

  /** Starts to listen, with nothing before the routes but a bound on connections. */
  public static Future<HttpListener> listen(
      Vertx vertx,
      int instances,
      List<Consumer<Router>> features,
      Endpoint endpoint,
      String setting) {
    return listen(vertx, instances, features, endpoint, setting, Gate.plain());
  }

  /** The port that is listened on. */
  public int port() {
    return port;
  }

  /** What can be asked for here, each as method and path. */
  public List<String> routes() {
    return routes;
  }

  /**
   * Stops to listen, and closes each connection once the request under way on it is answered.
   *
   * @param patience after which connections are closed all the same
   */
  public Future<Void> close(Duration patience) {
    String listening = deployment;
    if (listening == null) {
      return Future.succeededFuture();
    }
    this.patience = patience;
    deployment = null;
    return (patience.isZero() ? Future.<Void>succeededFuture() : endGently())
        .eventually(() -> vertx.undeploy(listening));
  }

  /*
   * Vert.x closes a connection that has no request under way at once, also one that was just made and
   * on which the first is about to come. So for a moment nobody new is let in, answers say that they
   * are the last, and their clients close the connections.
   */
  private Future<Void> endGently() {
    instances.forEach(Listener::announceEnd);
    Duration half = patience.dividedBy(2);
    Duration pause = half.compareTo(FIRST_REQUEST) < 0 ? half : FIRST_REQUEST;
    return socket.close().compose(closed -> vertx.timer(Math.max(1, pause.toMillis()))).mapEmpty();
  }

  /** Stops to listen, and closes every connection at once. */
  public Future<Void> close() {
    return close(Duration.ZERO);
  }
}
