package dk.sporlos;

import static dk.sporlos.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dk.sporlos.testing.FreePorts;
import dk.sporlos.testing.Haproxy;
import dk.sporlos.testing.Snippets;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Proxies as {@code docs/operations.md} configures them, before a collector that answers and one
 * that is away.
 */
class ProxiesIT {
  private static final String CLIENT = "127.77.7.9";
  private static final String REQUEST =
      """
      POST /b HTTP/1.1
      Host: stats.example.com
      X-Forwarded-For: 203.0.113.1
      Forwarded: for=203.0.113.2
      Content-Length: 2
      Connection: close

      {}"""
          .replace("\n", "\r\n");

  @TempDir private Path directory;

  private final BlockingQueue<Map<String, List<String>>> received = new LinkedBlockingQueue<>();
  private final int port = FreePorts.one();
  private HttpServer collector;

  @BeforeEach
  void start() throws IOException {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/",
        exchange -> {
          if (exchange.getRequestURI().getPath().equals("/b")) {
            received.add(Map.copyOf(exchange.getRequestHeaders()));
          }
          exchange.sendResponseHeaders(202, -1);
          exchange.close();
        });
    collector.start();
  }

  @AfterEach
  void stop() {
    collector.stop(0);
  }

  @Test
  void nginx() throws Throwable {
    String server =
        shown("nginx", "listen 80;", "listen 127.0.0.1:%d;".formatted(port))
            .replace("/var/log/nginx/", directory + "/");
    Path file =
        write(
            """
            daemon off;
            user root;
            pid %1$s/pid;
            error_log %1$s/of-all.log;
            events {}
            http {
              access_log %1$s/access.log;
              client_body_temp_path %1$s/body;
              proxy_temp_path %1$s/proxy;
              fastcgi_temp_path %1$s/fastcgi;
              uwsgi_temp_path %1$s/uwsgi;
              scgi_temp_path %1$s/scgi;
              %2$s
            }
            """
                .formatted(directory, server));

    try (Running proxy = run("nginx", "-c", file.toString())) {
      assertThatAddressesArePassedOnAndNotWritten(proxy);
    }
  }

  @Test
  void caddy() throws Throwable {
    String site =
        shown("caddyfile", "stats.example.com {", "http://:%d {".formatted(port))
            .replaceFirst("\\{\n", "{\n\tadmin off\n");
    Path file = write(site);

    try (Running proxy =
        run("caddy", "run", "--adapter", "caddyfile", "--config", file.toString())) {
      assertThatAddressesArePassedOnAndNotWritten(proxy);
    }
  }

  @Test
  void apache() throws Throwable {
    String host = shown("apache", "*:80>", "*:%d>".formatted(port));
    Path file =
        write(
            """
            ServerRoot /usr/lib/apache2
            ServerName localhost
            DefaultRuntimeDir %1$s
            PidFile %1$s/pid
            Listen 127.0.0.1:%2$d
            User nobody
            Group nogroup
            LoadModule mpm_event_module modules/mod_mpm_event.so
            LoadModule authz_core_module modules/mod_authz_core.so
            LoadModule proxy_module modules/mod_proxy.so
            LoadModule proxy_http_module modules/mod_proxy_http.so
            LoadModule headers_module modules/mod_headers.so
            LogFormat "%%h" common
            ErrorLog %1$s/error.log
            CustomLog %1$s/access.log common
            %3$s
            """
                .formatted(directory, port, host));

    try (Running proxy = run("apache2", "-DFOREGROUND", "-f", file.toString())) {
      assertThatAddressesArePassedOnAndNotWritten(proxy);
    }
  }

  @Test
  void haproxy() throws Throwable {
    String shown =
        Snippets.of("haproxy")
            .replace("bind :80\n", "bind 127.0.0.1:" + port + "\n")
            .replaceAll("10\\.0\\.0\\.\\d:8080 check port 8081", collector() + " check");

    try (Haproxy proxy = Haproxy.start(directory, shown, port)) {
      assertThatAddressesArePassedOnAndNotWritten(proxy::close);
    }
  }

  private void assertThatAddressesArePassedOnAndNotWritten(Running proxy) throws Throwable {
    eventually(() -> assertThat(statusOfBeacon()).isEqualTo(202));
    Map<String, List<String>> headers = received.poll(10, TimeUnit.SECONDS);
    assertThat(headers).isNotNull();
    assertThat(String.join(",", headers.get("X-forwarded-for"))).endsWith(CLIENT);
    assertThat(headers.get("X-forwarded-proto")).containsExactly("http");
    assertThat(headers).doesNotContainKey("Forwarded");

    collector.stop(0);

    assertThat(statusOfBeacon()).isBetween(500, 599);
    proxy.close();
    assertThat(written()).doesNotContain(CLIENT);
  }

  private int statusOfBeacon() throws IOException {
    try (Socket socket =
        new Socket(
            InetAddress.getLoopbackAddress(), port, InetAddress.getByName(CLIENT), /* any */ 0)) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.UTF_8));
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      return Integer.parseInt(answer.substring("HTTP/1.1 ".length()).substring(0, 3));
    } catch (ConnectException deaf) {
      return 0;
    }
  }

  /** All that the proxy left behind. */
  private String written() throws IOException {
    StringBuilder written = new StringBuilder();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        written.append(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return written.toString();
  }

  private String collector() {
    return "127.0.0.1:" + collector.getAddress().getPort();
  }

  /** What is shown, at another port before another collector. */
  private String shown(String language, String listens, String listensHere) throws IOException {
    String block = Snippets.of(language);
    assertThat(block).contains(listens).contains("127.0.0.1:8080");
    return block.replace(listens, listensHere).replace("127.0.0.1:8080", collector());
  }

  private Path write(String configuration) throws IOException {
    return Files.writeString(directory.resolve("configuration"), configuration);
  }

  private interface Running extends AutoCloseable {
    @Override
    void close();
  }

  private Running run(String... command) {
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().put("HOME", directory.toString());
      Process process =
          builder
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("output").toFile())
              .start();
      return () -> {
        process.destroy();
        process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
      };
    } catch (IOException missing) {
      throw new IllegalStateException("needed for this test: " + command[0], missing);
    }
  }
}
