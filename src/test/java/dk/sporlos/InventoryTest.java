package dk.sporlos;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.TestDatabase;
import dk.sporlos.door.WrittenCookies;
import dk.sporlos.http.HandshakeCookie;
import dk.sporlos.http.HttpListener;
import dk.sporlos.http.LinkCookie;
import dk.sporlos.http.SessionCookie;
import dk.sporlos.metrics.JsonLines;
import dk.sporlos.privacy.Inventory;
import dk.sporlos.privacy.Inventory.Kind;
import dk.sporlos.privacy.LiveSchema;
import dk.sporlos.settings.Endpoint;
import dk.sporlos.site.SiteSettings;
import dk.sporlos.testing.RunningApplication;
import dk.sporlos.testing.TestPool;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whether the inventory is whole: of columns, routes and the log. Settings: see package cli. */
class InventoryTest {
  private static final Pattern LOG_FIELD = Pattern.compile("%-?\\d*([a-z]+)");

  private final Inventory inventory = Inventory.shipped();

  @Test
  void everyColumnIsDeclaredAndNoOther() {
    try (TestPool pool = TestPool.of(TestDatabase.create())) {
      Set<String> columns = LiveSchema.columns(pool.pool()).await();

      assertThat(columns).contains("hit.visitor");
      assertThat(faults(Kind.TABLE, columns)).isEmpty();
    }
  }

  @Test
  void everyRouteIsDeclaredAndNoOther() {
    DatabaseUrl url = TestDatabase.create();
    Set<String> routes = new TreeSet<>();
    try (RunningApplication running =
        RunningApplication.on(url, Clock.systemUTC(), new SecureRandom())) {
      running.routes().forEach(route -> routes.add("collector." + route));
      running.managementRoutes().forEach(route -> routes.add("management." + route));
    }

    assertThat(routes).contains("collector.POST /b");
    assertThat(faults(Kind.ROUTE, routes)).isEmpty();
    assertThat(routes.stream().filter(InventoryTest::mayBeATracker)).isEmpty();
  }

  /** Whether a site may choose, for its script and beacons, a name under which this lies. */
  private static boolean mayBeATracker(String route) {
    String name = route.replaceFirst("^.* /([^/.]*).*$", "$1");
    try {
      return !name.isEmpty() && SiteSettings.named("tracker-name").parse().apply(name).equals(name);
    } catch (IllegalArgumentException refused) {
      return false;
    }
  }

  @Test
  void everyFieldOfALogLineIsDeclared() throws IOException {
    Set<String> fields = new TreeSet<>();
    Matcher pattern =
        Pattern.compile("<pattern>(.*)</pattern>")
            .matcher(Files.readString(Path.of("src/main/resources/logback.xml")));
    while (pattern.find()) {
      Matcher field = LOG_FIELD.matcher(pattern.group(1));
      while (field.find()) {
        fields.add("process." + field.group(1));
      }
    }

    assertThat(fields).contains("process.msg");
    fields.remove("process.n");
    JsonLines.FIELDS.forEach(field -> fields.add("process." + field));
    assertThat(faults(Kind.LOG, fields)).isEmpty();
  }

  @Test
  void everyCookieIsDeclaredWithItsAttributesAndNoOther() throws Exception {
    List<String> lines = new ArrayList<>(WrittenCookies.lines());
    lines.addAll(linesOf(response -> new SessionCookie(true).set(response, "secret")));
    lines.addAll(linesOf(response -> new HandshakeCookie(true).set(response, "secret")));
    lines.addAll(
        linesOf(response -> new LinkCookie(true).set(response, "secret", Duration.ofHours(1))));
    Set<String> cookies = new TreeSet<>();
    lines.forEach(line -> cookies.addAll(attributes(line)));

    assertThat(cookies).contains("__Host-sporlos-<site>.HttpOnly", "__Host-sporlos-session.Secure");
    assertThat(faults(Kind.COOKIE, cookies)).isEmpty();
  }

  @Test
  void whateverIsHandedOverInMemoryIsDeclaredAndNothingElse() {
    Set<String> memories = new TreeSet<>(Set.of("package door"));
    try (RunningApplication running =
        RunningApplication.on(TestDatabase.create(), Clock.systemUTC(), new SecureRandom())) {
      running.handedOver().forEach(name -> memories.add("handed over." + name));
    }

    assertThat(memories).contains("handed over.recognition");
    assertThat(faults(Kind.MEMORY, memories)).isEmpty();
  }

  @Test
  void whatIsUndeclaredIsSaidAsTheEntryToAdd() {
    assertThat(inventory.faults(Kind.TABLE, withOneMore("diary.page", "hit.address")))
        .anyMatch(fault -> fault.contains("where: diary\n  parts: [page]"))
        .anyMatch(fault -> fault.contains("where: hit\n  parts: [address]"));
  }

  @Test
  void whatIsStaleIsSaid() {
    Set<String> fewer = new TreeSet<>(inventory.declared(Kind.TABLE));
    fewer.remove("hit.visitor");

    assertThat(inventory.faults(Kind.TABLE, fewer))
        .containsExactly("stale: there is no hit.visitor; remove it from inventory.yaml");
  }

  /** How a browser is given a cookie of people. */
  private static List<String> linesOf(Consumer<HttpServerResponse> cookie) throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      Consumer<Router> signsIn =
          router ->
              router
                  .get("/")
                  .handler(
                      context -> {
                        cookie.accept(context.response());
                        context.response().end();
                      });
      int port =
          HttpListener.listen(vertx, 1, List.of(signsIn), new Endpoint("127.0.0.1", 0), "--listen")
              .await()
              .port();
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/")).build();
      return HttpClient.newHttpClient()
          .send(request, BodyHandlers.discarding())
          .headers()
          .allValues("set-cookie");
    } finally {
      vertx.close().await();
    }
  }

  /** Each attribute as {@code name.attribute}, with its value unless that is the cookie's life. */
  private static List<String> attributes(String line) {
    String name = line.substring(0, line.indexOf('='));
    return Stream.of(line.split("; ", -1))
        .skip(1)
        .map(attribute -> attribute.replaceFirst("^(Expires|Max-Age)=.*", "$1"))
        .map(attribute -> attribute.equalsIgnoreCase("HttpOnly") ? "HttpOnly" : attribute)
        .map(attribute -> name + "." + attribute)
        .toList();
  }

  private Set<String> withOneMore(String... names) {
    Set<String> more = new TreeSet<>(inventory.declared(Kind.TABLE));
    more.addAll(List.of(names));
    return more;
  }

  private List<String> faults(Kind kind, Set<String> found) {
    return inventory.faults(kind, found);
  }
}
