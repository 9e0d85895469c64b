package dk.sporlos;

import dk.sporlos.account.AccountPages;
import dk.sporlos.account.Credentials;
import dk.sporlos.account.Members;
import dk.sporlos.account.Permission;
import dk.sporlos.account.SendTokens;
import dk.sporlos.account.Sessions;
import dk.sporlos.account.SharedLinks;
import dk.sporlos.account.Sharing;
import dk.sporlos.account.SitesApi;
import dk.sporlos.account.TokenLimits;
import dk.sporlos.account.Tokens;
import dk.sporlos.database.ClockExamination;
import dk.sporlos.database.Database;
import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.SchemaExamination;
import dk.sporlos.database.ServerExamination;
import dk.sporlos.demo.DemoSite;
import dk.sporlos.door.Bots;
import dk.sporlos.door.DataCentres;
import dk.sporlos.door.Deliveries;
import dk.sporlos.door.Door;
import dk.sporlos.door.Enrichment;
import dk.sporlos.door.Limits;
import dk.sporlos.door.Memories;
import dk.sporlos.door.Places;
import dk.sporlos.door.ProxyProtocol;
import dk.sporlos.door.Reason;
import dk.sporlos.door.Recognition;
import dk.sporlos.door.RightsDoor;
import dk.sporlos.door.SignInDoor;
import dk.sporlos.fold.EndedVisits;
import dk.sporlos.fold.Fold;
import dk.sporlos.fold.InboxSize;
import dk.sporlos.fold.Interruptions;
import dk.sporlos.fold.Nodes;
import dk.sporlos.fold.Partitions;
import dk.sporlos.fold.PartitionsExamination;
import dk.sporlos.fold.SetAside;
import dk.sporlos.fold.Slots;
import dk.sporlos.fold.Snapshots;
import dk.sporlos.http.ApiDocument;
import dk.sporlos.http.BodyBudget;
import dk.sporlos.http.Connections;
import dk.sporlos.http.Gate;
import dk.sporlos.http.HttpListener;
import dk.sporlos.http.RequestTimes;
import dk.sporlos.http.ScriptRoutes;
import dk.sporlos.http.SecurityHeaders;
import dk.sporlos.http.SecurityTxt;
import dk.sporlos.http.Tls;
import dk.sporlos.http.Tracing;
import dk.sporlos.http.UnreadableRequest;
import dk.sporlos.intake.BeaconRoutes;
import dk.sporlos.intake.Cleanings;
import dk.sporlos.intake.DialectRoutes;
import dk.sporlos.intake.DialectScripts;
import dk.sporlos.intake.Intake;
import dk.sporlos.intake.NamedTracker;
import dk.sporlos.intake.Reception;
import dk.sporlos.intake.Refusals;
import dk.sporlos.intake.Replay;
import dk.sporlos.intake.ReturnCounts;
import dk.sporlos.metrics.Doctor;
import dk.sporlos.metrics.EventLoopLag;
import dk.sporlos.metrics.FailureLog;
import dk.sporlos.metrics.Meters;
import dk.sporlos.page.DashboardRoutes;
import dk.sporlos.page.StyleRoute;
import dk.sporlos.privacy.GpcRoute;
import dk.sporlos.privacy.Policies;
import dk.sporlos.privacy.PrivacyExamination;
import dk.sporlos.privacy.PrivacyRoutes;
import dk.sporlos.privacy.RightsRoutes;
import dk.sporlos.privacy.Withholding;
import dk.sporlos.seal.Retention;
import dk.sporlos.seal.Seals;
import dk.sporlos.seal.SealsExamination;
import dk.sporlos.seal.SiteRemoval;
import dk.sporlos.seal.UnusedEntries;
import dk.sporlos.settings.Endpoint;
import dk.sporlos.site.SiteStore;
import dk.sporlos.site.Sites;
import dk.sporlos.stats.Access;
import dk.sporlos.stats.Reads;
import dk.sporlos.stats.ReportRoutes;
import dk.sporlos.stats.SiteFigures;
import dk.sporlos.stats.Stats;
import dk.sporlos.stats.StatsRoutes;
import dk.sporlos.stats.V1Routes;
import dk.sporlos.transfer.ExportRoutes;
import dk.sporlos.transfer.Exports;
import dk.sporlos.transfer.ImportRoutes;
import dk.sporlos.transfer.ImportWriter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.sqlclient.Pool;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The parts that take beacons and answer questions, over a database whose tables are migrated. */
final class Collector {
  private static final int EVENT_LOOPS = Runtime.getRuntime().availableProcessors();

  /** What is held takes twice its size while it is written, so a sixteenth of the heap. */
  private static final Intake.Bounds HELD =
      new Intake.Bounds(20_000, Runtime.getRuntime().maxMemory() / 16);

  private static final FailureLog NOT_MARKED =
      new FailureLog("it was not noted that visitors of today may count twice");
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);
  private static final Recognition.Limits IN_MEMORY = new Recognition.Limits(500_000, 2_000_000);

  private final Surroundings surroundings;
  private final Vertx vertx;
  private final Database database;
  private final Durability durability;
  private final Application.Config config;
  private final Clock clock;
  private final SecureRandom random;
  private final Meters meters;
  private final Doctor doctor;
  private final SecurityHeaders headers;
  private final Stops stops = new Stops();
  private final List<Periodic> periodics = new CopyOnWriteArrayList<>();
  private volatile IntSupplier held = () -> 0;
  private volatile int port;
  private volatile int proxyPort;
  private volatile @Nullable AccountPages accountPages;
  private volatile List<String> routes = List.of();
  private volatile List<String> handedOver = List.of();

  Collector(
      Surroundings surroundings,
      Database database,
      Durability durability,
      Application.Config config,
      Clock clock,
      SecureRandom random,
      Meters meters,
      Doctor doctor) {
    this.surroundings = surroundings;
    this.vertx = surroundings.vertx();
    this.database = database;
    this.durability = durability;
    this.config = config;
    this.headers =
        new SecurityHeaders(config.trustedProxies()::isSecure, config.transport().strict());
    this.clock = clock;
    this.random = random;
    this.meters = meters;
    this.doctor = doctor;
  }

  private @Nullable Pool replica() {
    DatabaseUrl url = config.storage().replica();
    return url == null ? null : database.open(url, "replica", 4);
  }

  /** Starts every part; completes once it listens. */
  Future<Void> start() {
    stops.push(this::stopJobs);
    Pool pool = database.pool();
    Pool foldPool = database.openForLongWork("fold", 4);
    Pool turns = database.openForLongWork("turns", 2);
    SiteStore siteStore = new SiteStore(pool);
    Sites sites = new Sites(siteStore, clock);
    Partitions partitions = new Partitions(pool);
    Nodes nodes = durability.nodes();
    Fold fold = new Fold(foldPool, partitions, random, clock, nodes);
    EndedVisits endedVisits = new EndedVisits(fold, nodes, clock, meters.registry());
    SetAside setAside = new SetAside(pool, random, clock);
    ReturnCounts returns = new ReturnCounts(pool, clock, sites::byId);
    Recognition recognition = new Recognition(clock, random, IN_MEMORY, endedVisits, returns);
    Deliveries deliveries = new Deliveries(clock, random);
    Interruptions interruptions = new Interruptions(pool, nodes, clock);
    every(Duration.ofMinutes(1), "silent nodes were not marked", interruptions::markSilent);
    Memories memories = new Memories(List.of(recognition.memory(), deliveries, returns.memory()));
    handedOver = memories.names();
    HandOver handOver =
        new HandOver(memories, clock, surroundings.place(), surroundings.succession());
    Limits limits = new Limits(config.traffic().limits(), clock, random);
    Places places = new Places(config.places(), meters.registry());
    Enrichment enrichment = new Enrichment(places, meters.registry());
    DataCentres dataCentres = config.traffic().dataCentres();
    Bots bots = Bots.shipped(dataCentres, meters.registry());
    Tokens tokens = new Tokens(pool, clock, random);
    Door door =
        new Door(
            sites,
            config.trustedProxies(),
            bots,
            limits,
            deliveries,
            recognition,
            enrichment,
            new SendTokens(tokens, clock),
            clock);
    Intake intake =
        new Intake(vertx, durability.store(), HELD, durability::obstacle, meters.registry());
    held = intake::held;
    Refusals refusals = new Refusals(pool, clock, durability.counts("refusals"));
    BodyBudget bodies = BodyBudget.ofHeap(meters.registry());
    Cleanings cleanings =
        new Cleanings(pool, clock, meters.registry(), durability.counts("cleanings"));
    Reception reception = new Reception(vertx, intake, refusals, cleanings, meters.registry());
    BeaconRoutes beacons = new BeaconRoutes(door, reception, bodies);
    NamedTracker named = new NamedTracker(sites::trackAs, beacons);
    DialectRoutes dialects = new DialectRoutes(door, reception, bodies);
    DialectScripts dialectScripts = new DialectScripts(sites::takeAnywhere);
    ScriptRoutes script = new ScriptRoutes();
    RequestTimes times = new RequestTimes(meters.registry());
    every(Duration.ofHours(6), "expired tokens were not deleted", tokens::expire);
    Sessions sessions = new Sessions(pool, config.signIn().sessions(), clock, random);
    SignInDoor signInDoor = new SignInDoor(config.trustedProxies(), clock);
    SharedLinks links = new SharedLinks(pool, clock, random);
    every(Duration.ofHours(1), "expired links were not deleted", links::expire);
    Credentials credentials =
        new Credentials(
            tokens, new TokenLimits(clock), sessions, new Members(pool), links, sites, signInDoor);
    SiteRemoval removal = new SiteRemoval(pool, clock);
    SitesApi sitesApi =
        new SitesApi(
            vertx, credentials, pool, siteStore, sites, removal, bodies, tokens, clock, random);
    every(Duration.ofMinutes(1), "what is left of removed sites stays", removal::sweep);
    Access reading = credentials::reader;
    Pool statsPool = database.open("stats", 4);
    Snapshots snapshots =
        new Snapshots(vertx, database.openForLongWork("snapshot", 3), clock, meters.registry());
    every(Duration.ofSeconds(1), "snapshots were not made anew", snapshots::refresh);
    every(Duration.ofMinutes(1), "old snapshots were not deleted", snapshots::forget);
    Reads reads = new Reads(statsPool, replica(), snapshots, clock, meters.registry());
    Stats figures =
        new Stats(statsPool, reads, clock, meters.registry())
            .withOutsidersOn(database.open("outsiders", 2));
    SiteFigures siteFigures =
        new SiteFigures(statsPool, sites::known, figures, clock, meters.registry());
    meters.atScrapes(siteFigures::refresh);
    Sharing sharing =
        new Sharing(
            vertx, credentials, links, sites, figures, signInDoor, bodies, pool, clock, random);
    StatsRoutes stats = new StatsRoutes(reading, figures, bodies);
    V1Routes statsV1 = new V1Routes(reading, figures, statsPool, clock);
    ReportRoutes reports = new ReportRoutes(reading, statsPool, reads, clock, bodies);
    Policies policies = new Policies(pool, config.accountability(), clock);
    PrivacyRoutes privacy = new PrivacyRoutes(sites, policies);
    Slots slots = new Slots(pool, clock);
    InboxSize inboxSize = new InboxSize(pool, clock, meters.registry());
    meters.gauge(
        "sporlos.daykeys.oldest.seconds",
        "Seconds since the day began of which the oldest key in memory is",
        () -> recognition.oldestKey().toSeconds());
    meters.gauge("sporlos.visits.open", "Visits that may go on", recognition::openVisits);
    meters.gauge(
        "sporlos.returns.waiting",
        "Returning browsers that wait to be counted with enough others",
        returns::waiting);
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
    meters.gauge(
        "sporlos.deliveries.remembered",
        "Beacons known to be stored, should they be sent again",
        deliveries::remembered);
    meters.counter(
        "sporlos.deliveries.forgotten",
        "Beacons forgotten before their ten minutes were over because there were too many",
        counted -> deliveries.forgottenEarly());
    meters.gauge(
        "sporlos.senders.largest.share",
        "Part of the beacons that one address made, in the last ten minutes that had 300",
        limits.largestSender()::share);
    doctor.examineNow("largest-sender", () -> Examinations.proxies(limits.largestSender()));
    doctor.examineNow(
        "proxies", () -> Examinations.forwarding(door.proxyUse(), config.listenProxy() != null));
    doctor.examineNow("places", () -> Examinations.places(places));
    doctor.examineNow("disk", durability::spaceFinding);
    doctor.examineNow("spool-files", () -> Examinations.damagedSpool(durability.damagedFiles()));
    examineDatabase(nodes, partitions, sites);
    examineIfThere("keys", () -> Examinations.keys(recognition, interruptions));

    Replay replay = durability.replay();
    every(Duration.ofSeconds(1), "this node gave no sign of life", durability::beat);
    every(Duration.ofMillis(100), "the spool was not replayed", replay::run);
    every(Duration.ofSeconds(5), "the disk was not measured", durability::measure);
    every(
        Duration.ofMinutes(10),
        "batches were not forgotten",
        () -> forgetBatches(nodes, refusals, cleanings));

    every(Duration.ofSeconds(1), "visits were not ended", () -> expire(recognition));
    every(Duration.ofSeconds(1), "visits were not folded", endedVisits::foldDue);
    every(Duration.ofSeconds(10), "sites were not read", sites::refresh);
    every(
        Duration.ofSeconds(10), "data centres were not read", () -> blocking(dataCentres::refresh));
    every(Duration.ofSeconds(15), "the inbox was not measured", inboxSize::measure);
    every(Duration.ofMinutes(5), "the oldest hit was not looked for", inboxSize::findOldest);
    every(Duration.ofMinutes(1), "places were not looked at", () -> blocking(places::refresh));
    every(
        Duration.ofMinutes(1),
        "it was not noted which installation this is",
        () -> blocking(config.installation()::note));
    Tls tls = surroundings.tls();
    if (tls != null) {
      every(Duration.ofMinutes(1), "the certificate was not looked at", tls::refresh);
      doctor.examineNow("certificate", tls::finding);
    }
    every(Duration.ofMinutes(1), "changes of policies were not kept", policies::recordChanges);
    every(Duration.ofMinutes(10), "the inbox was not swept", fold::sweep);
    every(Duration.ofMinutes(10), "empty slots were not truncated", slots::truncateEmpty);
    every(Duration.ofHours(6), "partitions were not made", () -> makePartitions(partitions));
    every(Duration.ofHours(6), "what was set aside was not deleted", setAside::forget);
    every(Duration.ofHours(6), "damaged files were not deleted", durability::forgetDamaged);
    Seals seals =
        new Seals(
            turns,
            foldPool,
            siteStore,
            nodes,
            clock,
            (site, count) -> refusals.count(site, Reason.LATE, count));
    Connections connections =
        new Connections(Connections.Limits.of(config.traffic().connections()), meters.registry());
    ImportRoutes imports =
        new ImportRoutes(
            vertx,
            (request, domain) -> credentials.authorize(request, Permission.IMPORT, domain),
            new ImportWriter(
                vertx,
                database.openForLongWork("import", 4),
                partitions,
                nodes,
                clock,
                meters.registry()),
            clock,
            random,
            connection -> connections.allow(connection, ImportRoutes.BODY_PATIENCE));
    seals.bindTo(meters.registry());
    Retention retention = new Retention(turns, foldPool, siteStore, clock);
    retention.bindTo(meters.registry());
    every(Duration.ofMinutes(5), "days were not sealed", seals::run);
    UnusedEntries entries = new UnusedEntries(database.openForLongWork("entries", 2), siteStore);
    every(Duration.ofHours(1), "nothing was deleted that is past its life", retention::run);
    every(Duration.ofHours(1), "unused entries of dictionaries were not deleted", entries::run);
    if (config.demo()) {
      DemoSite demo = new DemoSite(pool, durability.inbox(), partitions, fold, clock);
      every(Duration.ofMinutes(1), "the demo site was not filled", demo::fill);
    }
    Withholding withholding = new Withholding(pool, random, clock);
    RightsDoor rightsDoor = new RightsDoor(config.trustedProxies(), recognition, clock, random);
    RightsRoutes rights =
        new RightsRoutes(sites, rightsDoor, pool, withholding, bodies, clock, random);
    AccountPages accounts =
        new AccountPages(vertx, pool, config.signIn(), sessions, signInDoor, bodies, clock, random);
    accountPages = accounts;
    every(Duration.ofHours(1), "sessions were not ended", accounts::expire);
    GpcRoute gpc = new GpcRoute();
    SecurityTxt securityTxt = new SecurityTxt(config.securityContact(), clock);
    ExportRoutes exports =
        new ExportRoutes(
            (request, domain) -> credentials.reader(request, domain, pool, "export", "figures"),
            new Exports(vertx, database.openForLongWork("export", 2), clock));
    ApiDocument apiDocument = new ApiDocument(vertx);
    StyleRoute style = new StyleRoute();
    DashboardRoutes dashboard = new DashboardRoutes();
    every(Duration.ofSeconds(2), "erased visits were not looked for", withholding::sift);
    every(Duration.ofHours(1), "what was restricted was not deleted", withholding::expire);
    every(Duration.ofSeconds(1), "refusals were not written", refusals::flush);
    every(Duration.ofSeconds(1), "what was cleaned was not counted", cleanings::flush);
    every(Duration.ofSeconds(5), "returning browsers were not counted", returns::flush);
    stops.push(returns::finish);
    stops.push(refusals::finish);
    stops.push(cleanings::finish);
    return EventLoopLag.watch(vertx, EVENT_LOOPS, meters.registry())
        .compose(watched -> blocking(Enrichment::await))
        .compose(loaded -> vertx.executeBlocking(handOver::take))
        .compose(taken -> taken ? Future.succeededFuture() : beganWithoutMemory(interruptions))
        .onSuccess(taken -> stops.push(() -> leave(handOver, returns)))
        .onComplete(taken -> stops.push(intake::drain))
        .compose(
            loaded ->
                listen(
                    List.of(
                        times::mount,
                        named::mount,
                        beacons::mount,
                        dialects::mount,
                        dialectScripts::mount,
                        script::mount,
                        style::mount,
                        privacy::mount,
                        rights::mount,
                        gpc::mount,
                        securityTxt::mount,
                        this::trace,
                        stats::mount,
                        statsV1::mount,
                        reports::mount,
                        sharing::mount,
                        sitesApi::mount,
                        exports::mount,
                        accounts::mount,
                        dashboard::mount,
                        apiDocument::mount,
                        imports::mount),
                    connections,
                    request -> {
                      beacons.unreadable(request);
                      dialects.unreadable(request);
                    }));
  }

  /** What the doctor asks of the database, over connections of its own that do not ask for long. */
  private void examineDatabase(Nodes nodes, Partitions partitions, Sites sites) {
    Pool pool = database.openForShortQuestions("doctor", 2, Examinations.SHORT);
    ServerExamination server = new ServerExamination(pool, database::connections, nodes::living);
    SchemaExamination schema = new SchemaExamination(pool, surroundings.schema());
    ClockExamination clocks = new ClockExamination(pool, clock);
    PartitionsExamination places = new PartitionsExamination(pool, partitions, clock);
    SealsExamination seals = new SealsExamination(pool, sites::byId, Examinations.SHORT);
    examineIfThere("database-settings", server::findings);
    examineIfThere("migrations", schema::findings);
    examineIfThere("clocks", clocks::findings);
    examineIfThere("partitions", places::findings);
    examineIfThere("nodes", () -> nodes.silent().map(Examinations::silentNodes));
    examineIfThere(
        "spool", () -> Future.succeededFuture(Doctor.some(Examinations.spool(durability.age()))));
    examineIfThere("seals", seals::findings);
    examineIfThere(
        "privacy",
        () ->
            vertx
                .executeBlocking(() -> new PrivacyExamination(pool, config.accountability()))
                .compose(PrivacyExamination::quickFindings));
  }

  private void examineIfThere(String name, Supplier<Future<List<Doctor.Finding>>> examination) {
    doctor.examineIf(Examinations.DATABASE, name, examination);
  }

  /** What visitors' browsers ask for stands before it, and is not traced. */
  private void trace(Router router) {
    Tracing tracing = surroundings.tracing();
    if (tracing != null) {
      tracing.mount(router);
    }
  }

  /** A database that is away keeps nobody from taking beacons; the day then stays unmarked. */
  private static Future<?> beganWithoutMemory(Interruptions interruptions) {
    return interruptions.beganWithoutMemory().onFailure(NOT_MARKED::log).otherwiseEmpty();
  }

  /** What is full is written first; the successor goes on with the rest. */
  private Future<Void> leave(HandOver handOver, ReturnCounts returns) {
    return returns
        .flush()
        .otherwiseEmpty()
        .compose(written -> vertx.executeBlocking(handOver::leave))
        .onSuccess(
            left -> {
              if (left) {
                returns.handedOver();
              }
            })
        .mapEmpty();
  }

  private Future<Void> listen(
      List<Consumer<Router>> features,
      Connections connections,
      Consumer<UnreadableRequest> unreadable) {
    Gate gate =
        new Gate(connections, connection -> {}, unreadable)
            .with(surroundings.sockets())
            .with(surroundings.tls());
    return listen(features, config.listen(), "--listen", gate)
        .onSuccess(listener -> port = listener.port())
        .onSuccess(listener -> routes = listener.routes())
        .compose(listening -> listenToProxies(features, connections, unreadable));
  }

  private Future<Void> listenToProxies(
      List<Consumer<Router>> features,
      Connections connections,
      Consumer<UnreadableRequest> unreadable) {
    Endpoint endpoint = config.listenProxy();
    if (endpoint == null) {
      return Future.succeededFuture();
    }
    ProxyProtocol protocol = new ProxyProtocol(config.trustedProxies(), meters.registry());
    Gate gate = new Gate(connections, protocol::accept, unreadable).with(surroundings.sockets());
    return listen(features, endpoint, "--listen-proxy", gate)
        .onSuccess(listener -> proxyPort = listener.port())
        .mapEmpty();
  }

  private Future<HttpListener> listen(
      List<Consumer<Router>> features, Endpoint endpoint, String setting, Gate gate) {
    return HttpListener.listen(vertx, EVENT_LOOPS, features, endpoint, setting, gate.with(headers))
        .onSuccess(listener -> stops.push(() -> listener.close(config.stopping().patience())));
  }

  private void every(Duration pause, String failure, Supplier<Future<?>> job) {
    Periodic periodic = new Periodic(vertx, pause, failure, job);
    periodic.start();
    periodics.add(periodic);
  }

  /** Together, and without waiting long: a job may hang on a database that does not answer. */
  private Future<Void> stopJobs() {
    return Future.join(periodics.stream().map(Periodic::stop).toList())
        .timeout(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .mapEmpty();
  }

  /** Once none of this process's own is of unknown outcome, which may be older than any other. */
  private static Future<?> forgetBatches(Nodes nodes, Refusals refusals, Cleanings cleanings) {
    return refusals
        .flush()
        .compose(written -> cleanings.flush())
        .compose(written -> nodes.forget());
  }

  private static Future<Void> expire(Recognition recognition) {
    recognition.expire();
    return Future.succeededFuture();
  }

  private Future<?> blocking(Runnable job) {
    return vertx.executeBlocking(
        () -> {
          job.run();
          return job;
        });
  }

  private Future<Void> makePartitions(Partitions partitions) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    return partitions.ensure(today.minusDays(1), today.plusMonths(2));
  }

  /** Stops every part, the last started first; also after a start that failed. */
  Future<Void> stop() {
    return stops.run();
  }

  /** What waits to be committed, in words; empty if nothing does. */
  String left() {
    int hits = held.getAsInt();
    return hits == 0 ? "" : hits + " hits were not committed";
  }

  /** The names of what is held in memory alone, and handed over to the next process. */
  List<String> handedOver() {
    return handedOver;
  }

  /** What can be asked for, each as method and path. */
  List<String> routes() {
    return routes;
  }

  /** The path of a link to the first account, where there is none yet; else null. */
  Future<@Nullable String> linkToSetUp() {
    AccountPages started = accountPages;
    return started == null ? Future.succeededFuture() : started.linkToSetUp();
  }

  Durability durability() {
    return durability;
  }

  /** The port that the PROXY protocol is spoken on; 0 if none is. */
  int proxyPort() {
    return proxyPort;
  }

  /** The port that beacons and questions arrive at. */
  int port() {
    return port;
  }
}
