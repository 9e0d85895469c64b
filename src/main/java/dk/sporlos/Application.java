package dk.sporlos;

import dk.sporlos.account.SignInSettings;
import dk.sporlos.database.Database;
import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.Installation;
import dk.sporlos.database.Migrator;
import dk.sporlos.door.DataCentres;
import dk.sporlos.door.Enrichment;
import dk.sporlos.door.Limits;
import dk.sporlos.door.TrustedProxies;
import dk.sporlos.http.Gate;
import dk.sporlos.http.HttpListener;
import dk.sporlos.http.Sockets;
import dk.sporlos.http.Tls;
import dk.sporlos.http.TlsFiles;
import dk.sporlos.http.Tracing;
import dk.sporlos.metrics.Doctor;
import dk.sporlos.metrics.ManagementRoutes;
import dk.sporlos.metrics.ManagementRoutes.Health;
import dk.sporlos.metrics.Meters;
import dk.sporlos.settings.Endpoint;
import dk.sporlos.site.Accountability;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.spi.VertxTracerFactory;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The process: management first, then the database and the collector over it. */
public final class Application {
  /**
   * What an application is told from outside.
   *
   * @param listen where beacons and questions arrive
   * @param listenProxy where they arrive with the PROXY protocol before them; null for nowhere
   * @param management where Prometheus and orchestrators ask
   * @param places the operator's own database of places; null for the one that is shipped
   * @param accountability who answers for sites that say nothing of their own
   * @param signIn how people sign in
   * @param transport how far TLS is asked for
   * @param securityContact who is told of a weakness; null if nobody is named
   * @param traces where traces are sent by OTLP over HTTP; null for nowhere
   * @param installation by which it knows its database again
   * @param demo whether to keep a site filled with made-up visits
   */
  public record Config(
      Endpoint listen,
      @Nullable Endpoint listenProxy,
      Endpoint management,
      TrustedProxies trustedProxies,
      @Nullable Path places,
      Traffic traffic,
      Storage storage,
      Stopping stopping,
      Accountability accountability,
      SignInSettings signIn,
      Transport transport,
      @Nullable URI securityContact,
      @Nullable URI traces,
      Installation installation,
      boolean demo) {}

  /**
   * How far TLS is asked for.
   *
   * @param strict how long browsers that came by it are to come by nothing else; zero to ask
   *     nothing of them
   * @param files of the certificate that is shown where beacons and questions arrive; null if TLS
   *     is not spoken there
   */
  public record Transport(Duration strict, @Nullable TlsFiles files) {}

  /**
   * What is taken, and how much.
   *
   * @param connections how many may be open at a time
   * @param dataCentres from where no person visits
   */
  public record Traffic(int connections, Limits.Settings limits, DataCentres dataCentres) {}

  /**
   * Where data are kept.
   *
   * @param replica of the database, for reading figures; null for none
   * @param nodeName by which an operator knows this process among others on the same database
   * @param spool directory of what waits for the database
   * @param spoolBytes how much may wait there
   * @param places directories on disks that are watched; those that exist
   * @param reserveBytes how much has to be free on each of these disks
   */
  public record Storage(
      @Nullable DatabaseUrl replica,
      String nodeName,
      Path spool,
      long spoolBytes,
      List<Path> places,
      long reserveBytes) {}

  /**
   * How to stop.
   *
   * @param delay for which the process goes on serving although it says that it is not ready
   * @param patience with the requests under way
   * @param handingOver how the next process at the same spool is to know who was here
   */
  public record Stopping(Duration delay, Duration patience, HandingOver handingOver) {}

  /** How memory goes to the next process at the same spool. */
  public enum HandingOver {
    /** Not at all. */
    NONE,
    /** By a file on a tmpfs, between the end of the one and the start of the other. */
    RESTART,
    /** Also from a process that runs to one that is started beside it. */
    BESIDE
  }

  private static final Health HANDING_OVER =
      new Health(null, new JsonObject().put("handing_over", true));

  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(3);

  private final DatabaseUrl url;
  private final Config config;
  private final Clock clock;
  private final SecureRandom random;
  private final Meters meters = new Meters();
  private final Doctor doctor = new Doctor();
  private final Sockets sockets = new Sockets();
  private final @Nullable Tracing tracing;
  private final Vertx vertx;
  private final Promise<Void> replaced = Promise.promise();
  private final @Nullable HandOverPlace place;
  private final Succession succession;
  private final Stops stops = new Stops();
  private volatile @Nullable Tls tls;
  private volatile @Nullable Durability serving;
  private volatile @Nullable Collector collector;
  private volatile boolean succeeding;
  private volatile boolean stopping;
  private volatile int port;
  private volatile int managementPort;
  private volatile List<String> managementRoutes = List.of();
  private volatile String schema = "0";

  public Application(DatabaseUrl url, Config config, Clock clock, SecureRandom random) {
    this.url = url;
    this.config = config;
    this.clock = clock;
    this.random = random;
    URI traces = config.traces();
    this.tracing = traces == null ? null : new Tracing(traces);
    this.vertx =
        meters.vertx(
            // As many event loops as cores: none ever blocks, and more take turns with each other.
            // Nothing is served from files, so nothing needs to be unpacked into the temp
            // directory.
            new VertxOptions()
                .setEventLoopPoolSize(Runtime.getRuntime().availableProcessors())
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)),
            sockets.transport(),
            tracing == null ? VertxTracerFactory.NOOP : tracing.statements());
    HandingOver way = config.stopping().handingOver();
    Path spool = config.storage().spool();
    this.place = way == HandingOver.NONE ? null : HandOverPlace.of(spool);
    this.succession = new Succession(way == HandingOver.BESIDE ? place : null, spool, sockets);
  }

  /**
   * Starts every part. Of a start that fails nothing is left running.
   *
   * <p>Management listens first, and says that the process is not ready while tables are migrated;
   * but if there is a process to replace, that one answers until it has handed over.
   */
  public Future<Void> start() {
    Promise<Void> outcome = Promise.promise();
    if (tracing != null) {
      stops.push(tracing::close);
    }
    stops.push(() -> vertx.executeBlocking(() -> run(succession::end)));
    vertx
        .executeBlocking(() -> run(this::loadCertificate))
        .compose(loaded -> vertx.executeBlocking(succession::find))
        .compose(found -> found ? replace() : startAlone())
        .compose(prepared -> vertx.executeBlocking(this::open))
        .compose(this::startCollector)
        .compose(serving -> vertx.executeBlocking(() -> run(this::awaitSuccessor)))
        .<Void>mapEmpty()
        .onComplete(
            outcome::complete, failure -> stop().onComplete(stopped -> outcome.fail(failure)));
    return outcome.future();
  }

  /**
   * Stops every part, the last started first, so that work under way finds what it needs; also
   * while it is being started. It says at once that it is not ready any more.
   */
  public Future<Void> stop() {
    // A promise of no context: a future of this Vert.x tells nobody anything once it is closed.
    Promise<Void> outcome = Promise.promise();
    boolean wasServing = serving != null;
    stopping = true;
    serving = null;
    boolean waits = wasServing && !replaced.future().isComplete();
    pause(waits ? config.stopping().delay() : Duration.ZERO)
        .compose(over -> stops.run())
        .onComplete(stopped -> closeVertx(outcome));
    return outcome.future();
  }

  /** Not waiting for long: connections to a server that does not answer do not end. */
  private void closeVertx(Promise<Void> outcome) {
    CompletableFuture<Void> closed = vertx.close().toCompletionStage().toCompletableFuture();
    var ignored =
        closed
            .completeOnTimeout(null, CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete((done, failure) -> outcome.complete());
  }

  private Future<?> pause(Duration pause) {
    return pause.isZero() ? Future.succeededFuture() : vertx.timer(pause.toMillis());
  }

  /** Succeeds when another process is ready to take over: this one is to be stopped. */
  public Future<Void> replaced() {
    return replaced.future();
  }

  /** What has not been finished yet, in a few words; empty if nothing is known to be left. */
  public String left() {
    Collector started = collector;
    return started == null ? "" : started.left();
  }

  /** The port that beacons and questions arrive at. */
  public int port() {
    return port;
  }

  /** The path of a link to the first account, where there is none yet; else null. */
  public Future<@Nullable String> linkToSetUp() {
    Collector started = collector;
    return started == null ? Future.succeededFuture() : started.linkToSetUp();
  }

  /** The port that metrics and health are read at. */
  public int managementPort() {
    return managementPort;
  }

  /** What can be asked for on the management port, each as method and path. */
  public List<String> managementRoutes() {
    return managementRoutes;
  }

  /** What can be asked for on the port of beacons and questions, each as method and path. */
  public List<String> routes() {
    Collector started = collector;
    return started == null ? List.of() : started.routes();
  }

  /** The names of what is held in memory alone, and handed over to the next process. */
  public List<String> handedOver() {
    Collector started = collector;
    return started == null ? List.of() : started.handedOver();
  }

  /** The port that the PROXY protocol is spoken on; 0 if none is. */
  public int proxyPort() {
    Collector started = collector;
    return started == null ? 0 : started.proxyPort();
  }

  private Future<Void> listenForManagement() {
    ManagementRoutes management = new ManagementRoutes(meters, this::health, doctor);
    return HttpListener.listen(
            vertx,
            1,
            List.of(management::mount),
            config.management(),
            "--management",
            Gate.plain(sockets))
        .onSuccess(listener -> stops.push(listener::close))
        .onSuccess(listener -> managementPort = listener.port())
        .onSuccess(listener -> managementRoutes = listener.routes())
        .mapEmpty();
  }

  private Future<Void> startAlone() {
    return listenForManagement()
        .compose(listening -> vertx.executeBlocking(() -> run(this::migrate)))
        .mapEmpty();
  }

  /** All that may take long is done while the other process still answers. */
  private Future<Void> replace() {
    return vertx
        .executeBlocking(
            () ->
                run(
                    () -> {
                      migrate();
                      Enrichment.await();
                      succession.succeed(endpoints());
                      succeeding = true;
                    }))
        .compose(succeeded -> listenForManagement());
  }

  private Map<Endpoint, String> endpoints() {
    Map<Endpoint, String> endpoints = new LinkedHashMap<>();
    endpoints.put(config.listen(), "--listen");
    Endpoint proxied = config.listenProxy();
    if (proxied != null) {
      endpoints.put(proxied, "--listen-proxy");
    }
    endpoints.put(config.management(), "--management");
    return endpoints;
  }

  private void awaitSuccessor() {
    succession.await(replaced::tryComplete);
    stops.push(() -> vertx.executeBlocking(() -> run(succession::close)));
  }

  private static boolean run(Runnable blocking) {
    blocking.run();
    return true;
  }

  /* First of all: a successor that cannot speak TLS must leave its predecessor alone. */
  private void loadCertificate() {
    TlsFiles files = config.transport().files();
    tls = files == null ? null : Tls.load(vertx, files, clock);
    Tls.measure(meters, tls);
  }

  private void migrate() {
    config.installation().check();
    schema = new Migrator(url).migrate();
    config.installation().note();
  }

  private Collector open() {
    if (stopping) {
      throw new IllegalStateException("told to stop while being started");
    }
    Database database = new Database(vertx, url);
    stops.push(database::close);
    Durability durability = new Durability(vertx, database, config.storage(), clock, meters);
    stops.push(durability::close);
    doctor.examine(Examinations.DATABASE, () -> Examinations.database(database));
    doctor.examine("memory-dumps", () -> vertx.executeBlocking(() -> Doctor.some(Dumps.finding())));
    return new Collector(
        new Surroundings(vertx, sockets, tls, succession, place, tracing, schema),
        database,
        durability,
        config,
        clock,
        random,
        meters,
        doctor);
  }

  private Future<Void> startCollector(Collector started) {
    stops.push(started::stop);
    collector = started;
    return started
        .start()
        .onSuccess(
            listening -> {
              port = started.port();
              serving = stopping ? null : started.durability();
            });
  }

  private Health health() {
    Durability durability = serving;
    if (durability != null) {
      return durability.health();
    }
    return handingOver() ? HANDING_OVER : Health.down("starting or stopping");
  }

  /** Beacons wait in the kernel, and are answered by whoever takes over. */
  private boolean handingOver() {
    return replaced.future().isComplete() || (succeeding && !stopping);
  }
}
