package dk.sporlos.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

  @ParameterizedTest
  @CsvSource({"127.0.0.1:8080,127.0.0.1,8080", "[::1]:80,::1,80", "localhost:0,localhost,0"})
  void readsHostAndPort(String text, String host, int port) {
    assertThat(Endpoint.parse(text)).isEqualTo(new Endpoint(host, port));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "8080", "localhost", "::1:80", "a:b", "a:65536", "a:-1", "[::1]"})
  void refusesWhatIsNone(String text) {
    assertThatThrownBy(() -> Endpoint.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isWrittenAsItIsRead() {
    assertThat(Endpoint.parse("[::1]:80")).hasToString("[::1]:80");
  }
}
