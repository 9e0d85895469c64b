package dk.sporlos.transfer;

import dk.sporlos.fold.Horizon;
import dk.sporlos.fold.Partitions;
import dk.sporlos.http.Bearer;
import dk.sporlos.site.Site;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;

/**
 * The route of imports on a port of its own, with one token that allows imports into some sites.
 */
final class ImportServer implements AutoCloseable {
  static final String TOKEN = "the-right-token";

  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpServer server;

  ImportServer(Vertx vertx, Pool pool, Clock clock, Site... sites) {
    Router router = Router.router(vertx);
    new ImportRoutes(
            vertx,
            (request, domain) ->
                Future.succeededFuture(
                    List.of(sites).stream()
                        .filter(
                            site ->
                                TOKEN.equals(Bearer.token(request)) && site.domain().equals(domain))
                        .findAny()
                        .orElse(null)),
            new ImportWriter(
                vertx,
                pool,
                new Partitions(pool),
                Horizon.of(clock),
                clock,
                new SimpleMeterRegistry()),
            clock,
            new SecureRandom(),
            connection -> {})
        .mount(router);
    this.server = vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1").await();
  }

  int port() {
    return server.actualPort();
  }

  /** The answer to lines, written with single quotes. */
  HttpResponse<String> send(String... lines) {
    return sendAs(TOKEN, String.join("\n", lines).replace('\'', '"'));
  }

  HttpResponse<String> sendAs(String token, String body) {
    URI uri = URI.create("http://127.0.0.1:%d/api/import/hits".formatted(port()));
    try {
      return client.send(
          HttpRequest.newBuilder(uri)
              .header("Authorization", "Bearer " + token)
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static JsonObject json(HttpResponse<String> response) {
    return new JsonObject(response.body());
  }

  @Override
  public void close() {
    server.close().await();
  }
}
