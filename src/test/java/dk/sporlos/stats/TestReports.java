package dk.sporlos.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.http.Bearer;
import dk.sporlos.http.BodyBudget;
import dk.sporlos.site.Site;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;

/** The routes of reports on a port of their own, with one token that opens some sites. */
final class TestReports implements AutoCloseable {

  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpServer server;

  TestReports(Vertx vertx, Pool pool, Clock clock, Site... sites) {
    this(vertx, pool, new Reads(pool), clock, sites);
  }

  TestReports(Vertx vertx, Pool pool, Reads reads, Clock clock, Site... sites) {
    Router router = Router.router(vertx);
    Access access =
        (request, domain) ->
            Future.succeededFuture(
                List.of(sites).stream()
                    .filter(
                        site ->
                            TestServer.TOKEN.equals(Bearer.token(request))
                                && domain.equals(site.domain()))
                    .<Reader>map(Reader.Inside::new)
                    .findAny()
                    .orElse(null));
    new ReportRoutes(
            access, pool, reads, clock, new BodyBudget(1_000_000, new SimpleMeterRegistry()))
        .mount(router);
    server = vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1").await();
  }

  /** What a document, written with single quotes, is answered with. */
  HttpResponse<String> post(String report, String document) {
    return send(
        request(report)
            .POST(HttpRequest.BodyPublishers.ofString(document.replace('\'', '"')))
            .header("Authorization", "Bearer " + TestServer.TOKEN));
  }

  HttpResponse<String> get(String report, String parameters) {
    return send(
        request(report + "?" + parameters).header("Authorization", "Bearer " + TestServer.TOKEN));
  }

  HttpRequest.Builder request(String report) {
    return HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:%d/api/v2/%s".formatted(server.actualPort(), report)));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static JsonObject answer(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return new JsonObject(response.body());
  }

  /** Some members of each object of an array, with spaces between. */
  static List<String> rows(JsonArray array, String... members) {
    return array.stream()
        .map(JsonObject.class::cast)
        .map(
            object ->
                List.of(members).stream()
                    .map(member -> String.valueOf(object.getValue(member)))
                    .collect(Collectors.joining(" ")))
        .toList();
  }

  @Override
  public void close() {
    server.close().await();
  }
}
