package dk.sporlos.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.NetServer;
import io.vertx.core.spi.VertxTracerFactory;
import io.vertx.core.transport.Transport;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetersTest {
  private static final Pattern ADDRESS =
      Pattern.compile("(\\d+\\.){3}\\d+|[0-9a-f]*:[0-9a-f:]*:.*");

  private final Meters meters = new Meters();
  private final Vertx vertx =
      meters.vertx(new VertxOptions(), Transport.NIO, VertxTracerFactory.NOOP);

  @AfterEach
  void close() {
    vertx.close().await();
    meters.close();
  }

  @Test
  void noLabelCanHoldAnAddressWhateverTrafficThereIs() {
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(request -> request.response().end())
            .listen(0, "127.0.0.1")
            .await();
    HttpClient client = vertx.createHttpClient();
    client
        .request(HttpMethod.GET, server.actualPort(), "127.0.0.1", "/some/path")
        .compose(request -> request.send())
        .compose(response -> response.body())
        .await();
    NetServer net = vertx.createNetServer().connectHandler(socket -> socket.close());
    net.listen(0, "127.0.0.1").await();
    vertx.createNetClient().connect(net.actualPort(), "127.0.0.1").await().closeHandler(v -> {});
    vertx.executeBlocking(() -> "done").await();

    List<Tag> labels =
        meters.registry().getMeters().stream()
            .map(Meter::getId)
            .flatMap(id -> id.getTags().stream())
            .toList();

    assertThat(meters.registry().getMeters())
        .extracting(meter -> meter.getId().getName())
        .contains("vertx.pool.completed")
        .noneMatch(name -> name.startsWith("vertx.http") || name.startsWith("vertx.net"));
    assertThat(labels)
        .extracting(Tag::getKey)
        .doesNotContain("remote", "local", "path", "route", "client", "address");
    assertThat(labels)
        .extracting(Tag::getValue)
        .noneMatch(value -> ADDRESS.matcher(value).matches() || value.contains("127.0.0.1"));
  }

  @Test
  void thePoolsOfVertxAreCounted() {
    vertx.executeBlocking(() -> "done").await();

    assertThat(meters.scrape()).contains("vertx_pool_").doesNotContain("vertx_http_");
  }
}
