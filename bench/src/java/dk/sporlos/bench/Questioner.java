package dk.sporlos.bench;

import dk.sporlos.bench.Questions.Question;
import dk.sporlos.http.BodyBudget;
import dk.sporlos.site.Site;
import dk.sporlos.stats.Reader;
import dk.sporlos.stats.Reads;
import dk.sporlos.stats.ReportRoutes;
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
   * @param reads by which they are
   */
  Questioner(Vertx vertx, Pool pool, Reads reads, Site site) {
    Router router = Router.router(vertx);
    new StatsRoutes(
            (request, domain) -> Future.succeededFuture(new Reader.Inside(site)),
            Stats.forgetful(pool, reads, Clock.systemUTC()),
            BodyBudget.ofHeap(new SimpleMeterRegistry()))
        .mount(router);
    new ReportRoutes(
            (request, domain) -> Future.succeededFuture(new Reader.Inside(site)),
            pool,
            reads,
            Clock.systemUTC(),
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
  double ask(Question question) {
    long began = System.nanoTime();
    List<CompletableFuture<HttpResponse<String>>> answers =
        question.documents().stream().map(document -> send(question.path(), document)).toList();
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

  private CompletableFuture<HttpResponse<String>> send(String path, String document) {
    URI uri = URI.create("http://127.0.0.1:%d%s".formatted(server.actualPort(), path));
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
