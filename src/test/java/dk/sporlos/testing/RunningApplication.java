package dk.sporlos.testing;

import dk.sporlos.Application;
import dk.sporlos.account.Sessions;
import dk.sporlos.account.SignInSettings;
import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.Installation;
import dk.sporlos.door.DataCentres;
import dk.sporlos.door.Limits;
import dk.sporlos.door.TrustedProxies;
import dk.sporlos.settings.Endpoint;
import dk.sporlos.site.Accountability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An application within the test's own process, on ports that the system chose, asked over HTTP.
 */
public final class RunningApplication implements AutoCloseable {
  private static final Endpoint ANY = new Endpoint("127.0.0.1", 0);
  private static final SignInSettings SIGN_IN =
      SignInSettings.byPassword(
          new Sessions.Rules(Duration.ofHours(24), Duration.ofDays(30), false));
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient client = HttpClient.newHttpClient();
  private final Application application;

  private RunningApplication(Application application) {
    this.application = application;
    application.start().await();
  }

  /**
   * Starts one with a spool of its own, that believes what this machine says about where requests
   * come from.
   */
  public static RunningApplication on(DatabaseUrl url, Clock clock, SecureRandom random) {
    return on(url, storage(), clock, random);
  }

  /** The same, with people signing in as these settings say. */
  public static RunningApplication on(
      DatabaseUrl url, SignInSettings signIn, Clock clock, SecureRandom random) {
    return on(url, storage(), signIn, clock, random);
  }

  /** Starts one that believes what this machine says about where requests come from. */
  public static RunningApplication on(
      DatabaseUrl url, Application.Storage storage, Clock clock, SecureRandom random) {
    return on(url, storage, SIGN_IN, clock, random);
  }

  /**
   * The same, on a real clock, that sends traces.
   *
   * @param collector where to
   */
  public static RunningApplication traced(DatabaseUrl url, URI collector) {
    return on(url, storage(), SIGN_IN, collector, Clock.systemUTC(), new SecureRandom());
  }

  private static RunningApplication on(
      DatabaseUrl url,
      Application.Storage storage,
      SignInSettings signIn,
      Clock clock,
      SecureRandom random) {
    return on(url, storage, signIn, /* traces= */ null, clock, random);
  }

  private static RunningApplication on(
      DatabaseUrl url,
      Application.Storage storage,
      SignInSettings signIn,
      @Nullable URI traces,
      Clock clock,
      SecureRandom random) {
    TrustedProxies thisMachine = TrustedProxies.parse("127.0.0.1/32");
    return new RunningApplication(
        new Application(
            url,
            new Application.Config(
                ANY,
                /* listenProxy= */ ANY,
                ANY,
                thisMachine,
                /* places= */ null,
                new Application.Traffic(
                    1_000,
                    new Limits.Settings(600, TrustedProxies.none(), 0, 0),
                    DataCentres.none()),
                storage,
                new Application.Stopping(Duration.ZERO, PATIENCE, Application.HandingOver.NONE),
                Accountability.UNSAID,
                signIn,
                new Application.Transport(Duration.ofDays(365), /* files= */ null),
                URI.create("mailto:security@example.com"),
                traces,
                new Installation(url, storage.spool(), /* accepted= */ null),
                /* demo= */ false),
            clock,
            random));
  }

  private static Application.Storage storage() {
    try {
      Path spool = Files.createTempDirectory("sporlos-spool");
      return new Application.Storage(null, "test", spool, 100_000_000, List.of(spool), 0);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** What it can be asked for on its port of beacons and questions, each as method and path. */
  public List<String> routes() {
    return application.routes();
  }

  /** The same for the management port. */
  public List<String> managementRoutes() {
    return application.managementRoutes();
  }

  /** The path of a link to the first account; null where there is one. */
  public @Nullable String linkToSetUp() {
    return application.linkToSetUp().await();
  }

  /** The names of what is held in memory alone, and handed over to the next process. */
  public List<String> handedOver() {
    return application.handedOver();
  }

  /** The port of the management listener. */
  public int managementPort() {
    return application.managementPort();
  }

  /** The port of the listener of beacons and questions. */
  public int port() {
    return application.port();
  }

  /** A request to the listener of beacons and questions. */
  public HttpRequest.Builder request(String path) {
    return request(application.port(), path);
  }

  /** Sends a request and waits for the answer. */
  public HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /** Gets a path of the listener of beacons and questions. */
  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  /** The answer of the management port. */
  public HttpResponse<String> askManagement(String path) throws IOException, InterruptedException {
    return send(request(application.managementPort(), path));
  }

  /** What a path of the management port answers. */
  public String manage(String path) throws IOException, InterruptedException {
    return askManagement(path).body();
  }

  @Override
  public void close() {
    application.stop().await();
  }

  private static HttpRequest.Builder request(int port, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(PATIENCE);
  }
}
