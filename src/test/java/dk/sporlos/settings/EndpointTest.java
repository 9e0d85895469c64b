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

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:80,127.0.0.1:80,true",
    "0.0.0.0:80,127.0.0.1:80,true",
    "192.0.2.1:80,[::]:80,true",
    "localhost:80,127.0.0.1:80,true",
    "127.0.0.1:80,127.0.0.1:81,false",
    "192.0.2.1:80,127.0.0.1:80,false",
    "127.0.0.1:0,127.0.0.1:0,false"
  })
  void knowsWhetherOneCouldBeTakenForTheOther(String one, String other, boolean overlaps) {
    assertThat(Endpoint.parse(one).overlaps(Endpoint.parse(other))).isEqualTo(overlaps);
    assertThat(Endpoint.parse(other).overlaps(Endpoint.parse(one))).isEqualTo(overlaps);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:80,true",
    "127.9.9.9:80,true",
    "[::1]:80,true",
    "localhost:80,true",
    "0.0.0.0:80,false",
    "[::]:80,false",
    "10.0.0.1:80,false",
    "stats.example.com:80,false"
  })
  void knowsWhetherNoneButThisMachineCanConnect(String endpoint, boolean loopback) {
    assertThat(Endpoint.parse(endpoint).isLoopback()).isEqualTo(loopback);
  }
}
