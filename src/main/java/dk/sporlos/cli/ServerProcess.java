package dk.sporlos.cli;

import dk.sporlos.Application;
import dk.sporlos.account.SignInSettings;
import dk.sporlos.database.DatabaseException;
import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.EmbeddedServer;
import dk.sporlos.database.Installation;
import dk.sporlos.demo.DemoSite;
import dk.sporlos.door.DataCentres;
import dk.sporlos.door.Enrichment;
import dk.sporlos.door.Limits;
import dk.sporlos.metrics.FailureLog;
import dk.sporlos.metrics.LogFormat;
import dk.sporlos.settings.Endpoint;
import dk.sporlos.settings.Settings;
import dk.sporlos.settings.Version;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A process that serves until it is told to stop: database first, application next. */
final class ServerProcess {
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(45);

  /** What PostgreSQL takes to write out what is in its memory, or to be killed. */
  private static final Duration FOR_POSTGRESQL = Duration.ofSeconds(8);

  private static final long LINK_SECONDS = 5;

  private static final Path DEMO_DATA = Path.of("demo-data");

  private final Task.Invocation invocation;
  private final SignInSettings signIn;
  private final boolean demo;
  private final Listeners listeners;
  private final PrintStream complaints;
  private final FailureLog notRevived = new FailureLog("PostgreSQL has died and does not start");

  ServerProcess(Task.Invocation invocation, boolean demo) {
    this.invocation = invocation;
    this.signIn = SignInOptions.of(invocation.settings());
    this.demo = demo;
    this.listeners = new Listeners(invocation.settings());
    LogFormat format = invocation.settings().get(Options.LOG_FORMAT);
    format.apply();
    this.complaints = format.complaints(invocation.err());
  }

  /** Serves, and returns the exit code once it has been told to stop and has stopped. */
  int run() {
    Enrichment.prepare();
    Settings settings = invocation.settings();
    listeners.check();
    Duration grace = Duration.ofSeconds(settings.get(Options.GRACE));
    try (Termination termination = new Termination(grace, complaints)) {
      DatabaseUrl own = settings.find(Options.DATABASE);
      if (own != null) {
        serve(own, termination, () -> {});
      } else {
        serveEmbedded(termination);
      }
    }
    return Cli.OK;
  }

  private void serveEmbedded(Termination termination) {
    EmbeddedServer embedded;
    try {
      embedded =
          termination.whileInterruptible(
              () ->
                  EmbeddedServer.serve(
                      directory(), invocation.settings().get(Options.DATABASE_PORT)));
    } catch (InterruptedException told) {
      return;
    } catch (DatabaseException failure) {
      if (termination.isTold()) {
        return;
      }
      throw failure;
    }
    try {
      serve(embedded.url(), termination, () -> revive(embedded));
    } finally {
      termination.enter("PostgreSQL is being stopped");
      embedded.close(termination.isTold() ? termination.left() : LONG_ENOUGH);
    }
  }

  private Path directory() {
    Settings settings = invocation.settings();
    return demo && !settings.isSaid(Options.DATA) ? DEMO_DATA : settings.get(Options.DATA);
  }

  /**
   * @param upkeep is done every second until the process is told to stop
   */
  private void serve(DatabaseUrl url, Termination termination, Runnable upkeep) {
    Application application =
        new Application(
            url, config(url, termination.left()), Clock.systemUTC(), new SecureRandom());
    try {
      termination.whileInterruptible(() -> start(application));
      termination.enter("serving");
      announce(application);
      application.replaced().onSuccess(ready -> termination.tell());
      while (!termination.isToldWithin(1)) {
        upkeep.run();
      }
    } catch (InterruptedException told) {
      termination.enter("giving up the start");
    } finally {
      stop(application, termination);
    }
  }

  private Application.Config config(DatabaseUrl url, Duration grace) {
    Settings settings = invocation.settings();
    Duration delay = Duration.ofSeconds(settings.get(Options.DRAIN_DELAY));
    DataCentres dataCentres = settings.find(Options.DATA_CENTRES);
    Duration patience = grace.minus(delay).dividedBy(2);
    return new Application.Config(
        settings.get(Options.LISTEN),
        settings.find(Options.LISTEN_PROXY),
        settings.get(Options.MANAGEMENT),
        settings.get(Options.TRUSTED_PROXIES),
        settings.find(Options.PLACES),
        new Application.Traffic(
            settings.get(Options.MAX_CONNECTIONS),
            new Limits.Settings(
                settings.get(Options.RATE_LIMIT),
                settings.get(Options.RATE_LIMIT_EXEMPT),
                settings.get(Options.SITE_RATE),
                settings.get(Options.SITE_QUOTA)),
            dataCentres == null ? DataCentres.none() : dataCentres),
        storage(),
        new Application.Stopping(
            delay, patience.isNegative() ? Duration.ZERO : patience, handingOver()),
        Options.accountability(settings),
        signIn,
        new Application.Transport(Duration.ofDays(settings.get(Options.HSTS)), listeners.tls()),
        settings.find(Options.SECURITY_CONTACT),
        settings.find(Options.TRACES),
        installation(url),
        demo);
  }

  /** In the directory of data, or in that of the spool where nothing else is kept on this disk. */
  private Installation installation(DatabaseUrl url) {
    Settings settings = invocation.settings();
    Path spool = settings.find(Options.SPOOL);
    boolean elsewhere = settings.find(Options.DATABASE) != null && !settings.isSaid(Options.DATA);
    return new Installation(
        url,
        elsewhere && spool != null ? spool : directory(),
        settings.find(Options.ACCEPT_EMPTY_DATABASE));
  }

  /** PostgreSQL of this process's own ends with it, so nothing can run beside it. */
  private Application.HandingOver handingOver() {
    Settings settings = invocation.settings();
    if (!settings.get(Options.HANDOVER)) {
      return Application.HandingOver.NONE;
    }
    return settings.find(Options.DATABASE) == null
        ? Application.HandingOver.RESTART
        : Application.HandingOver.BESIDE;
  }

  private Application.Storage storage() {
    Settings settings = invocation.settings();
    Path said = settings.find(Options.SPOOL);
    Path spool = said == null ? directory().resolve("spool") : said;
    List<Path> places =
        settings.find(Options.DATABASE) == null ? List.of(directory(), spool) : List.of(spool);
    String name = settings.find(Options.NODE_NAME);
    return new Application.Storage(
        settings.find(Options.DATABASE_REPLICA),
        name == null ? machine() : name,
        spool,
        settings.get(Options.SPOOL_SIZE),
        places,
        settings.get(Options.DISK_RESERVE));
  }

  /** Name of the machine; not asked of the network, which may be slow to answer. */
  private static String machine() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException elsewhere) {
      return Objects.requireNonNullElse(System.getenv("HOSTNAME"), "unnamed");
    }
  }

  /** Waits for the start, in a way that can be interrupted. */
  private static Application start(Application application) throws InterruptedException {
    try {
      application.start().toCompletionStage().toCompletableFuture().get();
      return application;
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(failure.getCause());
    }
  }

  private void announce(Application application) {
    Settings settings = invocation.settings();
    String host = settings.get(Options.LISTEN).host();
    invocation
        .out()
        .printf(
            "Sporløs %s listens on %s://%s; metrics and health: http://%s%n",
            Version.TEXT,
            listeners.scheme(),
            new Endpoint(host, application.port()),
            new Endpoint(settings.get(Options.MANAGEMENT).host(), application.managementPort()));
    Endpoint proxied = settings.find(Options.LISTEN_PROXY);
    if (proxied != null) {
      invocation
          .out()
          .printf(
              "Proxies speak the PROXY protocol to %s.%n",
              new Endpoint(proxied.host(), application.proxyPort()));
    }
    String data = settings.find(Options.DATABASE) == null ? " --data " + directory() : "";
    if (demo) {
      invocation
          .out()
          .printf(
              "%s fills with 90 days of demo data: made up, not measured. See it, from another terminal:%n"
                  + "  %s stats %s --by page --last 7d%s%n",
              DemoSite.DOMAIN, Version.COMMAND, DemoSite.DOMAIN, data);
    } else {
      invocation
          .out()
          .printf(
              "To count visits, register a site, from another terminal:%n"
                  + "  %s site add example.com --timezone Europe/Copenhagen%s%n",
              Version.COMMAND, data);
    }
    announceSetUp(application);
    invocation.out().flush();
    String warning = listeners.warning();
    if (warning != null) {
      complaints.println("sporlos: " + warning);
    }
  }

  /** Nobody can sign in yet: whoever reads this makes the first account. */
  private void announceSetUp(Application application) {
    String link = linkToSetUp(application);
    if (link != null) {
      URI known = invocation.settings().find(Options.PUBLIC_URL);
      Endpoint endpoint =
          new Endpoint(invocation.settings().get(Options.LISTEN).host(), application.port());
      invocation
          .out()
          .printf(
              "To sign in, make the first account within 30 minutes; the link opens once:%n  %s%s%n",
              known == null ? listeners.scheme() + "://" + endpoint : known, link);
    }
  }

  /** A database that is away is no reason not to take beacons. */
  private static @Nullable String linkToSetUp(Application application) {
    try {
      return application.linkToSetUp().otherwiseEmpty().await(LINK_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException slow) {
      return null;
    }
  }

  /** Stops it within most of what is left: the rest is for PostgreSQL. */
  private void stop(Application application, Termination termination) {
    Duration left = termination.left();
    Duration half = left.dividedBy(2);
    Duration patience = left.minus(half.compareTo(FOR_POSTGRESQL) < 0 ? half : FOR_POSTGRESQL);
    termination.enter("work under way is being finished");
    try {
      application.stop().await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException slow) {
      termination.incomplete();
      String unfinished = application.left();
      complaints.printf(
          Locale.ROOT,
          "sporlos: not everything stopped within %.1f s%s%n",
          patience.toMillis() / 1_000.0,
          unfinished.isEmpty() ? "" : ": " + unfinished);
    }
  }

  private void revive(EmbeddedServer embedded) {
    try {
      if (embedded.revive()) {
        complaints.println("sporlos: PostgreSQL had died and was started again");
      }
    } catch (DatabaseException failure) {
      notRevived.log(failure);
    }
  }
}
