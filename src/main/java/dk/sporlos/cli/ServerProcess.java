package dk.sporlos.cli;

import dk.sporlos.Application;
import dk.sporlos.database.DatabaseException;
import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.EmbeddedServer;
import dk.sporlos.demo.DemoSite;
import dk.sporlos.metrics.FailureLog;
import dk.sporlos.settings.Endpoint;
import dk.sporlos.settings.Settings;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A process that serves until it is told to stop: database first, application next. */
final class ServerProcess {
  private static final int STOP_SECONDS = 30;
  private static final Path DEMO_DATA = Path.of("demo-data");

  private final Task.Invocation invocation;
  private final boolean demo;
  private final FailureLog notRevived = new FailureLog("PostgreSQL has died and does not start");

  ServerProcess(Task.Invocation invocation, boolean demo) {
    this.invocation = invocation;
    this.demo = demo;
  }

  /** Serves, and returns the exit code once it has been told to stop and has stopped. */
  int run() {
    Settings settings = invocation.settings();
    CountDownLatch told = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Thread hook = new Thread(() -> tellAndWait(told, stopped), "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      DatabaseUrl own = settings.find(Options.DATABASE);
      if (own != null) {
        serve(own, told, () -> {});
      } else {
        try (EmbeddedServer embedded =
            EmbeddedServer.serve(directory(), settings.get(Options.DATABASE_PORT))) {
          serve(embedded.url(), told, () -> revive(embedded));
        }
      }
      return Cli.OK;
    } finally {
      stopped.countDown();
    }
  }

  private Path directory() {
    Settings settings = invocation.settings();
    return demo && !settings.isSaid(Options.DATA) ? DEMO_DATA : settings.get(Options.DATA);
  }

  /**
   * @param upkeep is done every second until the process is told to stop
   */
  private void serve(DatabaseUrl url, CountDownLatch told, Runnable upkeep) {
    Settings settings = invocation.settings();
    Application application =
        new Application(
            url,
            new Application.Config(
                settings.get(Options.LISTEN),
                settings.get(Options.MANAGEMENT),
                settings.get(Options.TRUSTED_PROXIES),
                demo),
            Clock.systemUTC(),
            new SecureRandom());
    application.start().await();
    try {
      announce(application);
      while (!told.await(1, TimeUnit.SECONDS)) {
        upkeep.run();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      stop(application);
    }
  }

  private void announce(Application application) {
    Settings settings = invocation.settings();
    String host = settings.get(Options.LISTEN).host();
    invocation
        .out()
        .printf(
            "Sporløs %s listens on http://%s; metrics and health: http://%s%n",
            Version.TEXT,
            new Endpoint(host, application.port()),
            new Endpoint(settings.get(Options.MANAGEMENT).host(), application.managementPort()));
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
    invocation.out().flush();
  }

  private void stop(Application application) {
    try {
      application.stop().await(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException slow) {
      invocation.err().println("sporlos: not everything stopped within " + STOP_SECONDS + " s");
    }
  }

  private void revive(EmbeddedServer embedded) {
    try {
      if (embedded.revive()) {
        invocation.err().println("sporlos: PostgreSQL had died and was started again");
      }
    } catch (DatabaseException failure) {
      notRevived.log(failure);
    }
  }

  private static void tellAndWait(CountDownLatch told, CountDownLatch stopped) {
    told.countDown();
    try {
      stopped.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
