package dk.sporlos.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ForwardedForTest {
  private static final TrustedProxies PROXIES =
      TrustedProxies.parse("198.51.100.0/24,2001:db8:ffff::/48");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "192.0.2.7 | 192.0.2.7",
        "203.0.113.1, 192.0.2.7 | 192.0.2.7",
        "203.0.113.1, 192.0.2.7, 198.51.100.3 | 192.0.2.7",
        "203.0.113.1,192.0.2.7,198.51.100.3,198.51.100.4 | 192.0.2.7",
        "198.51.100.9, 198.51.100.3 | 198.51.100.9",
        "garbage, 192.0.2.7 | 192.0.2.7",
        "192.0.2.7:4711 | 192.0.2.7",
        "2001:db8::7 | 2001:db8::7",
        "[2001:db8::7] | 2001:db8::7",
        "[2001:db8::7]:443 | 2001:db8::7",
        "fe80::7%eth0 | fe80::7",
        "[fe80::7%25eth0]:80 | fe80::7",
        "::ffff:192.0.2.7 | 192.0.2.7",
        "192.0.2.7, 2001:db8:ffff::1 | 192.0.2.7"
      })
  void takesTheRightMostHopThatIsNotTrusted(String header, String client) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("X-Forwarded-For", header);

    assertThat(ForwardedFor.client(headers, PROXIES)).isEqualTo(Address.parse(client));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        "unknown",
        "192.0.2.7, unknown",
        "192.0.2.7,",
        "192.0.2.7, garbage, 198.51.100.3",
        "example.com",
        "192.0.2.7:port",
        "192.0.2.7:123456",
        "[2001:db8::7",
        "[2001:db8::7]x",
        "[192.0.2.7",
        "<script>"
      })
  void believesNothingIfAnElementOnTheWayCannotBeRead(String header) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("X-Forwarded-For", header);

    assertThat(ForwardedFor.client(headers, PROXIES)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "for=192.0.2.7 | 192.0.2.7",
        "For=\"192.0.2.7:80\" | 192.0.2.7",
        "for=203.0.113.1, for=192.0.2.7;proto=http;by=198.51.100.3 | 192.0.2.7",
        "proto=https; for=\"[2001:db8:cafe::17]:4711\" | 2001:db8:cafe::17",
        "for=192.0.2.7, for=198.51.100.3 | 192.0.2.7",
        "for=\"203.0.113.1, for=192.0.2.7 | 192.0.2.7"
      })
  void readsTheStandardHeader(String header, String client) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("Forwarded", header);

    assertThat(ForwardedFor.client(headers, PROXIES)).isEqualTo(Address.parse(client));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "for=", "for=unknown", "for=_secret", "by=192.0.2.7", "for=\"", "for"})
  void believesNothingOfAStandardHeaderThatHidesTheClient(String header) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("Forwarded", header);

    assertThat(ForwardedFor.client(headers, PROXIES)).isNull();
  }

  @Test
  void joinsTheLinesOfAHeader() {
    MultiMap headers =
        MultiMap.caseInsensitiveMultiMap()
            .add("X-Forwarded-For", "203.0.113.1")
            .add("X-Forwarded-For", "192.0.2.7")
            .add("X-Forwarded-For", "198.51.100.3");

    assertThat(ForwardedFor.client(headers, PROXIES)).isEqualTo(Address.parse("192.0.2.7"));
  }

  @Test
  void prefersTheHeaderThatNearlyEveryProxyWrites() {
    MultiMap headers =
        MultiMap.caseInsensitiveMultiMap()
            .add("Forwarded", "for=203.0.113.1")
            .add("X-Forwarded-For", "192.0.2.7");

    assertThat(ForwardedFor.client(headers, PROXIES)).isEqualTo(Address.parse("192.0.2.7"));
  }

  @Test
  void saysNothingWithoutAHeader() {
    assertThat(ForwardedFor.client(MultiMap.caseInsensitiveMultiMap(), PROXIES)).isNull();
  }

  @Test
  void readsTheHeaderOfOneAddressIfThereIsNoOther() {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("X-Real-IP", " 192.0.2.7 ");
    assertThat(ForwardedFor.client(headers, PROXIES)).isEqualTo(Address.parse("192.0.2.7"));

    headers.add("Forwarded", "for=203.0.113.1");
    assertThat(ForwardedFor.client(headers, PROXIES)).isEqualTo(Address.parse("203.0.113.1"));
  }

  @Test
  void believesNothingOfTwoHeadersOfOneAddress() {
    MultiMap headers =
        MultiMap.caseInsensitiveMultiMap()
            .add("X-Real-IP", "192.0.2.7")
            .add("X-Real-IP", "203.0.113.1");

    assertThat(ForwardedFor.client(headers, PROXIES)).isNull();
  }
}
