package dk.sporlos;

import static dk.sporlos.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dk.sporlos.account.Scope;
import dk.sporlos.account.Tokens;
import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.TestDatabase;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import dk.sporlos.testing.LogLines;
import dk.sporlos.testing.RunningApplication;
import dk.sporlos.testing.RunningServer;
import dk.sporlos.testing.TestPool;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a collector of OpenTelemetry is sent, over HTTP. */
class TracingTest {
  private static final Set<String> KEYS =
      Set.of(
          "service.name",
          "service.version",
          "http.request.method",
          "http.route",
          "http.response.status_code",
          "error.type",
          "db.system.name");

  /** What a request brings that must not be in a trace. */
  private static final List<String> CANARIES =
      List.of(
          "198.51.100.7",
          "127.0.0.1",
          "Canary",
          "c4nary",
          "example.com",
          "0af7651916cd43dd8448eb211c80319c");

  private final List<ExportTraceServiceRequest> received = new CopyOnWriteArrayList<>();
  private final DatabaseUrl url = TestDatabase.create();
  private HttpServer collector;
  private RunningApplication application;
  private String token;
  private volatile int status = 200;

  @BeforeEach
  void start() throws IOException {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          received.add(ExportTraceServiceRequest.parseFrom(exchange.getRequestBody()));
          exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    collector.start();
    try (TestPool database = TestPool.of(url)) {
      Site site =
          Objects.requireNonNull(
              new SiteStore(database.pool()).add("example.com", ZoneId.of("UTC"), false).await());
      token =
          new Tokens(database.pool(), Clock.systemUTC(), new SecureRandom())
              .create(Tokens.Terms.of(site.id(), Set.of(Scope.STATS)))
              .await();
    }
    application =
        RunningApplication.traced(
            url, URI.create("http://127.0.0.1:" + collector.getAddress().getPort()));
  }

  @AfterEach
  void stop() {
    close();
    collector.stop(0);
  }

  @Test
  void aQuestionIsTracedByItsRouteWithItsStatementsAndNothingOfWhoAsked() throws Exception {
    assertThat(ask().statusCode()).isEqualTo(200);
    assertThat(send(request("/c4nary/anna?email=c4nary")).statusCode()).isEqualTo(404);

    close();

    Span question = span("POST /api/v2/query");
    assertThat(question.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
    assertThat(question.getParentSpanId()).isEmpty();
    assertThat(question.getEndTimeUnixNano()).isGreaterThan(question.getStartTimeUnixNano());
    assertThat(values(question))
        .contains("http.route=/api/v2/query", "http.response.status_code=200");
    assertThat(spans())
        .filteredOn(span -> span.getParentSpanId().equals(question.getSpanId()))
        .isNotEmpty()
        .allMatch(span -> span.getName().equals("statement"));
    assertThat(span("GET other")).isNotNull();
    assertThat(keys()).isSubsetOf(KEYS).contains("service.name", "http.route");
    String everything = received.toString();
    assertThat(everything).contains("/api/v2/query");
    for (String canary : CANARIES) {
      assertThat(everything).as(canary).doesNotContain(canary);
    }
  }

  @Test
  void beaconsAndWhatElseVisitorsAskForAreNotTraced() throws Exception {
    String beacon = "{\"d\": \"example.com\", \"u\": \"https://example.com/c4nary\"}";
    assertThat(send(request("/b").POST(BodyPublishers.ofString(beacon))).statusCode())
        .isEqualTo(202);
    assertThat(send(request("/b").POST(BodyPublishers.ofString("{"))).statusCode()).isEqualTo(400);
    assertThat(send(request("/s.js")).statusCode()).isEqualTo(200);
    assertThat(send(request("/privacy?site=example.com")).statusCode()).isEqualTo(200);
    assertThat(ask().statusCode()).isEqualTo(200);

    close();

    assertThat(spans())
        .extracting(Span::getName)
        .containsOnly("POST /api/v2/query", "statement")
        .contains("POST /api/v2/query");
  }

  @Test
  void aCollectorThatRefusesIsSaidInTheLogAndHindersNobody() throws Throwable {
    status = 400;
    try (LogLines log = new LogLines()) {
      assertThat(ask().statusCode()).isEqualTo(200);

      close();

      eventually(
          () ->
              assertThat(log.lines()).anyMatch(line -> line.startsWith("traces were not sent: ")));
    }
  }

  private HttpResponse<String> ask() throws Exception {
    return send(
        request("/api/v2/query?c4nary=c4nary")
            .header("Authorization", "Bearer " + token)
            .POST(
                BodyPublishers.ofString(
                    """
                    {"site_id": "example.com", "metrics": ["visitors"], "date_range": "7d",
                     "filters": [["is", "event:page", ["/c4nary"]]]}
                    """)));
  }

  private HttpRequest.Builder request(String path) {
    return application
        .request(path)
        .header("User-Agent", RunningServer.BROWSER + " Canary/1")
        .header("Accept-Language", "da")
        .header("Referer", "https://c4nary.example/")
        .header("Cookie", "__Host-sporlos-x=c4nary")
        .header("X-Forwarded-For", "198.51.100.7")
        .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return application.send(request);
  }

  /** Whoever stops sends what is left. */
  private void close() {
    if (application != null) {
      application.close();
      application = null;
    }
  }

  private List<Span> spans() {
    return received.stream()
        .flatMap(request -> request.getResourceSpansList().stream())
        .flatMap(resource -> resource.getScopeSpansList().stream())
        .flatMap(scope -> scope.getSpansList().stream())
        .toList();
  }

  private Span span(String name) {
    assertThat(spans()).extracting(Span::getName).contains(name);
    return spans().stream().filter(span -> span.getName().equals(name)).findFirst().orElseThrow();
  }

  private Set<String> keys() {
    Set<String> keys =
        spans().stream()
            .flatMap(span -> span.getAttributesList().stream())
            .map(KeyValue::getKey)
            .collect(Collectors.toSet());
    received.stream()
        .flatMap(request -> request.getResourceSpansList().stream())
        .flatMap(resource -> resource.getResource().getAttributesList().stream())
        .map(KeyValue::getKey)
        .forEach(keys::add);
    return keys;
  }

  private static List<String> values(Span span) {
    return span.getAttributesList().stream()
        .map(
            pair ->
                pair.getKey()
                    + "="
                    + (pair.getValue().hasIntValue()
                        ? Long.toString(pair.getValue().getIntValue())
                        : pair.getValue().getStringValue()))
        .toList();
  }
}
