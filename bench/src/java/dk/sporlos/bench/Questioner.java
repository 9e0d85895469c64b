package dk.sporlos.bench;

import dk.sporlos.http.BodyBudget;
import dk.sporlos.site.Site;
import dk.sporlos.stats.Stats;
import dk.sporlos.stats.StatsRoutes;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.sqlclient.Pool;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Asks the routes of the statistics over loopback, as a browser would. */
final class Questioner implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpServer server;

  /**
   * @param pool that the answers are read with
   */
  Questioner(Vertx vertx, Pool pool, Site site) {
    Router router = Router.router(vertx);
    new StatsRoutes(
            (token, domain) -> Future.succeededFuture(site),
            new Stats(pool, Clock.systemUTC()),
            BodyBudget.ofHeap(new SimpleMeterRegistry()))
        .mount(router);
    this.server = vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1").await();
  }

  /**
   * Asks all at once.
   *
   * @return milliseconds until the last answer
   * @throws RefusedException if one is refused
   */
  double ask(List<String> documents) {
    long began = System.nanoTime();
    List<CompletableFuture<HttpResponse<String>>> answers =
        documents.stream().map(this::send).toList();
    for (CompletableFuture<HttpResponse<String>> answer : answers) {
      HttpResponse<String> response = answer.join();
      if (response.statusCode() != 200) {
        throw new RefusedException(new JsonObject(response.body()).getString("error"));
      }
    }
    return (System.nanoTime() - began) / 1e6;
  }

  /** A query was not answered. */
  static final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RefusedException(String message) {
      super(message);
    }
  }

  private CompletableFuture<HttpResponse<String>> send(String document) {
    URI uri = URI.create("http://127.0.0.1:%d/api/v2/query".formatted(server.actualPort()));
    return client.sendAsync(
        HttpRequest.newBuilder(uri)
            .header("Authorization", "Bearer any")
            .POST(HttpRequest.BodyPublishers.ofString(document))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    server.close().await();
  }
}
