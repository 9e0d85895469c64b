package dk.sporlos.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.0, 192.0.2.255",
    "0.0.0.0, 0.0.0.255",
    "255.255.255.0, 255.255.255.255",
    "2001:db8:1::, 2001:db8:1:ffff:ffff:ffff:ffff:ffff",
    "fe80::1, fe80::2%eth0",
    "192.0.2.1, ::ffff:192.0.2.77",
    "192.0.2.1, ::ffff:c000:24d"
  })
  void cutsAddressesOfOneNetworkToTheSame(String one, String other) {
    assertThat(cut(one)).isEqualTo(cut(other));
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.255, 192.0.3.0",
    "2001:db8:1:ffff::, 2001:db8:2::",
    "0.0.0.0, ::",
    "1.2.3.4, ::1:203"
  })
  void cutsAddressesOfTwoNetworksDifferently(String one, String other) {
    assertThat(cut(one)).isNotEqualTo(cut(other));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "1", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1.2.3.4:80", "example.com", "localhost",
        ":", ":::", "1::2::3", "2001:db8::g", "unknown", "_hidden", "1.2.3.4/24", "[", "]"
      })
  void readsNothingButLiterals(String text) {
    assertThat(Address.parse(text)).isNull();
  }

  @Test
  void keepsOnlyThePrefixInWhatIsCut() {
    assertThat(cut("192.0.2.77").prefix()).isEqualTo(0xc00002L);
    assertThat(cut("2001:db8:1:2:3:4:5:6").prefix()).isEqualTo(0x20010db80001L);
  }

  @Test
  void printsNothingOfTheAddress() {
    assertThat(Address.parse("192.0.2.77")).hasToString("Address");
    assertThat(cut("192.0.2.77")).hasToString("CutAddress");
  }

  private static CutAddress cut(String literal) {
    return Objects.requireNonNull(Address.parse(literal), literal).cut();
  }
}
