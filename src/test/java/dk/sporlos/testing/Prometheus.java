package dk.sporlos.testing;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A Prometheus as Debian has it, on a port of this machine, that scrapes one target each second.
 */
public final class Prometheus implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final Path directory;
  private final Process process;
  private final int port;

  private Prometheus(Path directory, Process process, int port) {
    this.directory = directory;
    this.process = process;
    this.port = port;
  }

  /**
   * Starts one that scrapes the management port of an application.
   *
   * @param directory an empty one, for its configuration and data
   */
  public static Prometheus scraping(int managementPort, Path directory) throws IOException {
    Path config =
        Files.writeString(
            directory.resolve("prometheus.yml"),
            """
            global: {scrape_interval: 1s}
            scrape_configs:
              - job_name: sporlos
                static_configs: [{targets: ['127.0.0.1:%d']}]
            """
                .formatted(managementPort));
    int port = FreePorts.one();
    Process process =
        new ProcessBuilder(
                "prometheus",
                "--config.file=" + config,
                "--storage.tsdb.path=" + directory.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port,
                "--log.level=warn")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    return new Prometheus(directory, process, port);
  }

  /** What {@code /api/v1/query} answers, errors with it. */
  public JsonObject query(String promql) throws InterruptedException {
    URI uri =
        URI.create(
            "http://127.0.0.1:%d/api/v1/query?query=%s"
                .formatted(port, URLEncoder.encode(promql, StandardCharsets.UTF_8)));
    try {
      HttpResponse<String> answer =
          client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
      return answer.statusCode() == 503 ? failed("starting") : new JsonObject(answer.body());
    } catch (IOException notYet) {
      return failed(notYet.toString());
    }
  }

  private JsonObject failed(String reason) {
    if (!process.isAlive()) {
      throw new IllegalStateException("Prometheus ended: " + log());
    }
    return new JsonObject().put("status", "error").put("error", reason);
  }

  private String log() {
    try {
      return Files.readString(directory.resolve("log"));
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
  }
}
