package dk.sporlos;

import dk.sporlos.account.Tokens;
import dk.sporlos.account.Tokens.Scope;
import dk.sporlos.database.Database;
import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.Migrator;
import dk.sporlos.demo.DemoSite;
import dk.sporlos.door.Bots;
import dk.sporlos.door.Door;
import dk.sporlos.door.Recognition;
import dk.sporlos.door.TrustedProxies;
import dk.sporlos.fold.EndedVisits;
import dk.sporlos.fold.Fold;
import dk.sporlos.fold.Horizon;
import dk.sporlos.fold.InboxSize;
import dk.sporlos.fold.Partitions;
import dk.sporlos.fold.SetAside;
import dk.sporlos.fold.Slots;
import dk.sporlos.http.HttpListener;
import dk.sporlos.http.ScriptRoute;
import dk.sporlos.intake.BeaconRoutes;
import dk.sporlos.intake.Inbox;
import dk.sporlos.intake.Intake;
import dk.sporlos.intake.Refusals;
import dk.sporlos.metrics.ManagementRoutes;
import dk.sporlos.metrics.Meters;
import dk.sporlos.settings.Endpoint;
import dk.sporlos.site.SiteStore;
import dk.sporlos.site.Sites;
import dk.sporlos.stats.Stats;
import dk.sporlos.stats.StatsRoutes;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.ext.web.Router;
import io.vertx.sqlclient.Pool;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The process: all parts, started in the order in which they need each other. */
public final class Application {
  private static final int EVENT_LOOPS = Runtime.getRuntime().availableProcessors();
  private static final int HELD_HITS = 20_000;
  private static final Recognition.Limits IN_MEMORY = new Recognition.Limits(500_000, 2_000_000);

  /**
   * What an application is told from outside.
   *
   * @param listen where beacons and questions arrive
   * @param management where Prometheus and orchestrators ask
   * @param demo whether to keep a site filled with made-up visits
   */
  public record Config(
      Endpoint listen, Endpoint management, TrustedProxies trustedProxies, boolean demo) {}

  private final DatabaseUrl url;
  private final Config config;
  private final Clock clock;
  private final SecureRandom random;
  private final Meters meters = new Meters();
  private final Vertx vertx =
      meters.vertx(
          // Nothing is served from files, so nothing needs to be unpacked into the temp directory.
          new VertxOptions()
              .setFileSystemOptions(
                  new FileSystemOptions()
                      .setFileCachingEnabled(false)
                      .setClassPathResolvingEnabled(false)));
  private final Deque<Supplier<Future<?>>> stops = new ArrayDeque<>();
  private volatile @Nullable Database migrated;
  private volatile int port;
  private volatile int managementPort;

  public Application(DatabaseUrl url, Config config, Clock clock, SecureRandom random) {
    this.url = url;
    this.config = config;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Starts every part. Of a start that fails nothing is left running.
   *
   * <p>Management listens first, and says that the process is not ready while tables are migrated.
   */
  public Future<Void> start() {
    Promise<Void> outcome = Promise.promise();
    listenForManagement()
        .compose(listening -> vertx.executeBlocking(this::migrate))
        .compose(this::startParts)
        .onComplete(
            outcome::complete, failure -> stop().onComplete(stopped -> outcome.fail(failure)));
    return outcome.future();
  }

  /** Stops every part, the last started first, so that work under way finds what it needs. */
  public Future<Void> stop() {
    // A promise of no context: a future of this Vert.x tells nobody anything once it is closed.
    Promise<Void> outcome = Promise.promise();
    migrated = null;
    stopParts().onComplete(stopped -> vertx.close().onComplete(outcome));
    return outcome.future();
  }

  private Future<Void> stopParts() {
    Supplier<Future<?>> next = stops.poll();
    return next == null ? Future.succeededFuture() : next.get().transform(stopped -> stopParts());
  }

  /** The port that beacons and questions arrive at. */
  public int port() {
    return port;
  }

  /** The port that metrics and health are read at. */
  public int managementPort() {
    return managementPort;
  }

  private Future<Void> listenForManagement() {
    ManagementRoutes management = new ManagementRoutes(meters, this::obstacle);
    return listen(1, List.of(management::mount), config.management(), "--management")
        .onSuccess(listener -> managementPort = listener.port())
        .mapEmpty();
  }

  private Database migrate() {
    new Migrator(url).migrate();
    Database database = new Database(vertx, url);
    stops.push(database::close);
    return database;
  }

  private Future<Void> startParts(Database database) {
    Pool pool = database.pool();
    Pool intakePool = database.open("intake", 4);
    Pool foldPool = database.open("fold", 2);
    SiteStore siteStore = new SiteStore(pool);
    Sites sites = new Sites(siteStore, clock);
    Partitions partitions = new Partitions(pool);
    Horizon horizon = Horizon.of(clock);
    Fold fold = new Fold(foldPool, partitions, random, clock, horizon);
    EndedVisits endedVisits = new EndedVisits(fold, horizon, clock, meters.registry());
    SetAside setAside = new SetAside(pool, random, clock);
    Recognition recognition = new Recognition(clock, random, IN_MEMORY, endedVisits);
    Door door = new Door(sites, config.trustedProxies(), Bots.shipped(), recognition, clock);
    Inbox inbox = new Inbox(intakePool, clock, meters.registry());
    Intake intake = new Intake(vertx, inbox, HELD_HITS, meters.registry());
    Refusals refusals = new Refusals(pool, clock);
    BeaconRoutes beacons = new BeaconRoutes(door, intake, refusals, meters.registry());
    ScriptRoute script = new ScriptRoute();
    Tokens tokens = new Tokens(pool, random);
    StatsRoutes stats =
        new StatsRoutes(
            (secret, domain) -> tokens.authorize(sites, secret, Scope.STATS, domain),
            new Stats(database.open("stats", 4), clock));
    Slots slots = new Slots(pool, clock);
    InboxSize inboxSize = new InboxSize(pool, meters.registry());
    meters.gauge("sporlos.visits.open", "Visits that may go on", recognition::openVisits);
    meters.counter(
        "sporlos.visits.evicted",
        "Visits ended early because too many were open",
        counted -> recognition.evictedVisits());
    meters.counter(
        "sporlos.visitors.unremembered",
        "Visitors not remembered because the day had too many",
        counted -> recognition.unrememberedVisitors());
    meters.counter(
        "sporlos.visits.setaside",
        "Visits set aside because they could not be folded",
        counted -> fold.visitsSetAside());

    every(Duration.ofSeconds(1), "visits were not ended", () -> expire(recognition));
    every(Duration.ofSeconds(1), "visits were not folded", endedVisits::foldDue);
    every(Duration.ofSeconds(10), "sites were not read", sites::refresh);
    every(Duration.ofSeconds(15), "the inbox was not measured", inboxSize::measure);
    every(Duration.ofMinutes(10), "the inbox was not swept", fold::sweep);
    every(Duration.ofMinutes(10), "empty slots were not truncated", slots::truncateEmpty);
    every(Duration.ofHours(6), "partitions were not made", () -> makePartitions(partitions));
    every(Duration.ofHours(6), "what was set aside was not deleted", setAside::forget);
    if (config.demo()) {
      DemoSite demo = new DemoSite(pool, inbox, partitions, fold, clock);
      every(Duration.ofMinutes(1), "the demo site was not filled", demo::fill);
    }
    every(Duration.ofSeconds(1), "refusals were not written", refusals::flush);
    stops.push(refusals::flush);
    stops.push(intake::drain);
    return listen(
            EVENT_LOOPS,
            List.of(beacons::mount, script::mount, stats::mount),
            config.listen(),
            "--listen")
        .onSuccess(listener -> port = listener.port())
        .onSuccess(listener -> migrated = database)
        .mapEmpty();
  }

  private Future<HttpListener> listen(
      int instances, List<Consumer<Router>> features, Endpoint endpoint, String setting) {
    return HttpListener.listen(vertx, instances, features, endpoint, setting)
        .onSuccess(listener -> stops.push(listener::close));
  }

  private void every(Duration pause, String failure, Supplier<Future<?>> job) {
    Periodic periodic = new Periodic(vertx, pause, failure, job);
    periodic.start();
    stops.push(periodic::stop);
  }

  private static Future<Void> expire(Recognition recognition) {
    recognition.expire();
    return Future.succeededFuture();
  }

  private Future<Void> makePartitions(Partitions partitions) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    return partitions.ensure(today.minusDays(1), today.plusMonths(2));
  }

  /** What keeps the process from taking beacons; null if nothing does. */
  private Future<@Nullable String> obstacle() {
    Database database = migrated;
    if (database == null) {
      return Future.succeededFuture("starting or stopping");
    }
    return database
        .ping()
        .transform(
            ping -> Future.succeededFuture(ping.succeeded() ? null : "the database is away"));
  }
}
