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
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The routes on a port of their own, with one token that opens some sites. */
final class TestServer implements AutoCloseable {

  static final String TOKEN = "the-right-token";

  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpServer server;

  TestServer(Vertx vertx, Stats stats, Site... sites) {
    this(
        vertx,
        stats,
        (request, domain) -> authorize(Bearer.token(request), domain, List.of(sites)));
  }

  private static Future<@Nullable Reader> authorize(
      @Nullable String token, String domain, List<Site> sites) {
    return Future.succeededFuture(
        sites.stream()
            .filter(site -> TOKEN.equals(token) && domain.equals(site.domain()))
            .<Reader>map(Reader.Inside::new)
            .findAny()
            .orElse(null));
  }

  TestServer(Vertx vertx, Stats stats, Access access) {
    Router router = Router.router(vertx);
    new StatsRoutes(access, stats, new BodyBudget(1_000_000, new SimpleMeterRegistry()))
        .mount(router);
    server = vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1").await();
  }

  /** The answer to a query, written with single quotes. */
  HttpResponse<String> ask(String query) {
    return send(request(query.replace('\'', '"')).header("Authorization", "Bearer " + TOKEN));
  }

  HttpRequest.Builder request(String body) {
    return request(body.getBytes(StandardCharsets.UTF_8));
  }

  HttpRequest.Builder request(byte[] body) {
    URI uri = URI.create("http://127.0.0.1:%d/api/v2/query".formatted(server.actualPort()));
    return HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofByteArray(body));
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

  /** What a query of these members is answered with about a site. */
  JsonObject answer(String domain, String members) {
    HttpResponse<String> response = ask("{'site_id':'%s',%s}".formatted(domain, members));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return new JsonObject(response.body());
  }

  /** Each row of an answer as its dimensions and its metrics, with spaces between. */
  static List<String> rows(JsonObject answer) {
    return answer.getJsonArray("results").stream()
        .map(JsonObject.class::cast)
        .map(
            row ->
                Stream.of(row.getJsonArray("dimensions"), row.getJsonArray("metrics"))
                    .flatMap(JsonArray::stream)
                    .map(String::valueOf)
                    .collect(Collectors.joining(" ")))
        .toList();
  }

  /** What an answer refuses, and how. */
  static String error(HttpResponse<String> response) {
    String message = new JsonObject(response.body()).getString("error");
    return "%d %s".formatted(response.statusCode(), message);
  }

  /** JSON written with single quotes. */
  static JsonObject json(String text) {
    return new JsonObject(text.replace('\'', '"'));
  }

  @Override
  public void close() {
    server.close().await();
  }
}
