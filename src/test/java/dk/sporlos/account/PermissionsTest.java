package dk.sporlos.account;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.TestDatabase;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import dk.sporlos.site.SiteStore;
import dk.sporlos.testing.MovableClock;
import dk.sporlos.testing.RunningApplication;
import dk.sporlos.testing.TestPool;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Every route with every kind of caller, as {@code permissions.txt} says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PermissionsTest {
  private static final String FILE = "permissions.txt";

  /** What is sent along makes a request one of a caller. */
  private final Map<String, UnaryOperator<HttpRequest.Builder>> callers = new LinkedHashMap<>();

  private final MovableClock clock = new MovableClock("2026-11-02T10:00:00Z");
  private final Matrix matrix = Matrix.read();
  private int requests;
  private TestPool database;
  private RunningApplication application;

  /** A route, and a request of it that changes nothing. */
  private record Route(String kind, String method, String target, String body) {
    static Route read(String line) {
      String[] words = line.split(" ", 4);
      return new Route(words[0], words[1], words[2], words.length > 3 ? words[3] : "");
    }

    /** Whether it is one that the application names, with its parameters. */
    boolean is(String named) {
      String path = target.replaceAll("\\?.*", "");
      String pattern = named.replace("*", "\\*").replaceAll(":\\w+", "[^/]+");
      return (method + " " + path).matches(pattern);
    }

    @Override
    public String toString() {
      return method + " " + target + " " + body;
    }
  }

  /**
   * The file.
   *
   * @param kinds what each caller is answered, by kind of request
   */
  private record Matrix(List<String> callers, Map<String, List<String>> kinds, List<Route> routes) {

    static Matrix read() {
      List<String> callers = new ArrayList<>();
      Map<String, List<String>> kinds = new LinkedHashMap<>();
      List<Route> routes = new ArrayList<>();
      boolean inRoutes = false;
      for (String line : text().lines().toList()) {
        List<String> words = List.of(line.strip().split("\\s+"));
        if (line.isBlank() || line.startsWith("#")) {
          continue;
        }
        if (line.equals("routes")) {
          inRoutes = true;
        } else if (inRoutes) {
          routes.add(Route.read(line));
        } else if (callers.isEmpty()) {
          callers.addAll(words.subList(1, words.size()));
        } else {
          kinds.put(words.get(0), words.subList(1, words.size()));
        }
      }
      return new Matrix(callers, kinds, routes);
    }

    private static String text() {
      try (var file = PermissionsTest.class.getResourceAsStream(FILE)) {
        return new String(file.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  @BeforeAll
  void start() {
    DatabaseUrl url = TestDatabase.create();
    database = TestPool.of(url);
    SiteStore sites = new SiteStore(database.pool());
    Site site = sites.add("example.com", ZoneId.of("UTC"), false).await();
    Site other = sites.add("other.example", ZoneId.of("UTC"), false).await();
    People people = new People(database.pool(), clock);
    People.Person admin = people.admin("admin");
    callers.put("nobody", request -> request);
    callers.put("half", people.half(admin)::signForm);
    callers.put("ended", people.ended(admin)::signForm);
    callers.put("elsewhere", people.member("elsewhere", other.id(), Role.OWNER)::signForm);
    for (Role role : Role.values()) {
      callers.put(role.label(), people.member(role.label(), site.id(), role)::signForm);
    }
    callers.put("admin", admin::signForm);
    for (Scope scope : Scope.values()) {
      callers.put(scope.label(), token(site.id(), Set.of(scope), null));
    }
    Set<Scope> every = Set.of(Scope.values());
    callers.put("other-site", token(other.id(), every, null));
    callers.put("expired", token(site.id(), every, LocalDate.of(2026, 11, 2)));
    callers.put("revoked", token(site.id(), every, null));
    Tokens tokens = new Tokens(database.pool(), clock, new SecureRandom());
    tokens
        .revoke(tokens.all().await().stream().mapToInt(Tokens.Listed::id).max().orElse(0))
        .await();
    application = RunningApplication.on(url, clock, new SecureRandom());
    callers.put("link", link(admin));
  }

  private UnaryOperator<HttpRequest.Builder> link(People.Person owner) {
    try {
      HttpResponse<String> made =
          application.send(
              owner
                  .signForm(application.request("/api/v1/sites/shared-links"))
                  .PUT(BodyPublishers.ofString("{\"site_id\":\"example.com\",\"name\":\"all\"}")));
      String secret = new JsonObject(made.body()).getString("url").replaceAll(".*/", "");
      return request -> request.header("Sporlos-Link", secret);
    } catch (IOException | InterruptedException failure) {
      throw new IllegalStateException("no link was made", failure);
    }
  }

  private UnaryOperator<HttpRequest.Builder> token(
      SiteId site, Set<Scope> scopes, @Nullable LocalDate end) {
    String secret =
        new Tokens(database.pool(), clock, new SecureRandom())
            .create(new Tokens.Terms("", site, scopes, 100_000, end))
            .await();
    return request -> request.header("Authorization", "Bearer " + secret);
  }

  @AfterAll
  void stop() {
    application.close();
    database.close();
  }

  @Test
  void namesEveryRouteAndNoOther() {
    Set<String> missing = new TreeSet<>(application.routes());
    missing.removeIf(named -> matrix.routes().stream().anyMatch(route -> route.is(named)));
    List<Route> unknown =
        matrix.routes().stream()
            .filter(route -> application.routes().stream().noneMatch(route::is))
            .toList();

    assertThat(missing).as("routes that %s does not name", FILE).isEmpty();
    assertThat(unknown).as("routes of %s that there are not", FILE).isEmpty();
  }

  @Test
  void namesEveryKindOfCaller() {
    assertThat(matrix.callers()).containsExactlyInAnyOrderElementsOf(callers.keySet());
    assertThat(matrix.kinds().values())
        .allSatisfy(answers -> assertThat(answers).hasSameSizeAs(matrix.callers()));
  }

  @TestFactory
  Stream<DynamicTest> everyCellIsAsItSays() {
    return matrix.routes().stream()
        .flatMap(
            route ->
                callers.entrySet().stream()
                    .map(
                        caller ->
                            DynamicTest.dynamicTest(
                                caller.getKey() + ": " + route,
                                () -> check(route, caller.getKey(), caller.getValue()))));
  }

  private void check(Route route, String caller, UnaryOperator<HttpRequest.Builder> shown)
      throws Exception {
    String expected = matrix.kinds().get(route.kind()).get(matrix.callers().indexOf(caller));
    String method = route.method().equals("*") ? "PATCH" : route.method();
    HttpRequest.Builder request =
        application
            .request(route.target())
            .method(method, BodyPublishers.ofString(route.body()))
            .header("Content-Type", "application/json")
            .header("X-Forwarded-For", address())
            .header("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Firefox/144.0");

    HttpResponse<String> answer = application.send(shown.apply(request));

    assertThat(outcome(answer))
        .as("%s for %s: %d %s", route, caller, answer.statusCode(), answer.body())
        .isEqualTo(expected);
  }

  /** Of a network of its own, so that nothing is refused because too much came from there. */
  private String address() {
    requests++;
    return "198.%d.%d.7".formatted(requests / 256, requests % 256);
  }

  private static String outcome(HttpResponse<String> answer) {
    return switch (answer.statusCode()) {
      case 401, 403, 429, 500 -> String.valueOf(answer.statusCode());
      // A build of the Java part alone has no dashboard to send.
      case 503 -> answer.body().contains("no-dashboard") ? "ok" : "503";
      case 400 -> answer.body().contains("members of the site alone") ? "members" : "ok";
      case 404 -> answer.body().contains("Site could not be found") ? "404" : "ok";
      case 303 ->
          answer.headers().firstValue("Location").orElse("").startsWith("/sign-in")
              ? "sign-in"
              : "ok";
      default -> "ok";
    };
  }
}
