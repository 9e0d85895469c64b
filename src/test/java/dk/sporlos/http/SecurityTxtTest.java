package dk.sporlos.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.sporlos.settings.Endpoint;
import dk.sporlos.testing.MovableClock;
import dk.sporlos.testing.RawHttp;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecurityTxtTest {
  private static final MovableClock CLOCK = new MovableClock("2026-11-02T10:00:00Z");

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void saysWhomToTellAndUntilWhenThatHolds() throws IOException {
    assertThat(ask(new SecurityTxt(SecurityTxt.contact("security@example.com"), CLOCK)))
        .startsWith("HTTP/1.1 200 ")
        .contains("content-type: text/plain; charset=utf-8\r\n")
        .endsWith(
            """
            \r
            \r
            Contact: mailto:security@example.com
            Expires: 2027-05-01T00:00:00Z
            Preferred-Languages: da, en
            """);
  }

  @Test
  void isNotThereWhereNobodyIsNamed() throws IOException {
    assertThat(ask(new SecurityTxt(null, CLOCK))).startsWith("HTTP/1.1 404 ");
  }

  @ParameterizedTest
  @CsvSource({
    "security@example.com,mailto:security@example.com",
    "mailto:a@example.com,mailto:a@example.com",
    "https://example.com/security,https://example.com/security"
  })
  void readsAddressesOfMailAndOfPages(String text, URI contact) {
    assertThat(SecurityTxt.contact(text)).isEqualTo(contact);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "example.com", "http://example.com", "https:/x", "tel:1\nX: y", "a b@c"})
  void refusesWhatIsNoWayToBeTold(String text) {
    assertThatThrownBy(() -> SecurityTxt.contact(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("security@example.com");
  }

  private String ask(SecurityTxt route) throws IOException {
    int port =
        HttpListener.listen(
                vertx, 1, List.of(route::mount), new Endpoint("127.0.0.1", 0), "--listen")
            .await()
            .port();
    return RawHttp.exchange(
        port, "GET /.well-known/security.txt HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  }
}
