package dk.sporlos.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TrustedProxiesTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.255.255, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "192.0.2.128/25, 192.0.2.128, true",
    "192.0.2.128/25, 192.0.2.127, false",
    "127.0.0.1, 127.0.0.1, true",
    "127.0.0.1, 127.0.0.2, false",
    "0.0.0.0/0, 203.0.113.9, true",
    "0.0.0.0/0, 2001:db8::1, false",
    "::/0, 2001:db8::1, true",
    "::/0, 203.0.113.9, false",
    "2001:db8::/32, 2001:db8:ffff::1, true",
    "2001:db8::/32, 2001:db9::1, false",
    "2001:db8::8000:0:0:0/65, 2001:db8::8000:0:0:1, true",
    "2001:db8::8000:0:0:0/65, 2001:db8::7000:0:0:1, false",
    "2001:db8::1/128, 2001:db8::1, true",
    "2001:db8::1/128, 2001:db8::2, false",
    "10.0.0.0/8, ::ffff:10.1.2.3, true",
    "::ffff:10.0.0.0/104, 10.1.2.3, true",
    "::ffff:10.0.0.0/104, 11.1.2.3, false"
  })
  void trustsTheAddressesOfItsNetworks(String network, String address, boolean trusted) {
    TrustedProxies proxies = TrustedProxies.parse(network);

    assertThat(proxies.trusts(Objects.requireNonNull(Address.parse(address)))).isEqualTo(trusted);
  }

  @Test
  void readsNetworksBetweenCommasAndSpaces() {
    TrustedProxies proxies = TrustedProxies.parse(" 192.0.2.0/24 , 2001:db8::/32,");

    assertThat(proxies.trusts(Objects.requireNonNull(Address.parse("192.0.2.1")))).isTrue();
    assertThat(proxies.trusts(Objects.requireNonNull(Address.parse("2001:db8::1")))).isTrue();
  }

  @Test
  void trustsNobodyByDefault() {
    assertThat(TrustedProxies.none().trusts(Address.UNKNOWN)).isFalse();
    assertThat(TrustedProxies.parse("").trusts(Address.UNKNOWN)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/",
        "10.0.0.0/8/8",
        "10.0.0.0/x",
        "2001:db8::/129",
        "proxy.example.com",
        "localhost",
        "*"
      })
  void namesWhatIsNoNetworkAndWhatToWriteInstead(String text) {
    assertThatThrownBy(() -> TrustedProxies.parse("127.0.0.1," + text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + text + "\" is no network; write it as 10.0.0.0/8");
  }

  @Test
  void refusesANetworkThatDoesNotStartAtItsBase() {
    assertThatThrownBy(() -> TrustedProxies.parse("10.1.0.0/8"))
        .hasMessage(
            "\"10.1.0.0/8\" has bits set beyond its prefix; write the network's first address");
  }

  @Test
  void namesAllBadOnesAtOnce() {
    assertThatThrownBy(() -> TrustedProxies.parse("a,10.0.0.0/8,2001:db8::1/64"))
        .hasMessageContainingAll("\"a\"", "\"2001:db8::1/64\"")
        .hasMessageNotContaining("10.0.0.0/8\"");
  }
}
