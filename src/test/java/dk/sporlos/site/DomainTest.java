package dk.sporlos.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DomainTest {

  @ParameterizedTest
  @CsvSource({
    "example.com,example.com",
    "WWW.Example.COM,example.com",
    "' shop.example.com ',shop.example.com",
    "blåbærgrød.dk,xn--blbrgrd-fxak7p.dk",
    "localhost,localhost"
  })
  void isWrittenInOneWay(String text, String domain) {
    assertThat(Domain.parse(text)).isEqualTo(domain);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "https://example.com", "example.com/x", "a b", "-a.dk", "a..b", "a:80"})
  void refusesWhatIsNone(String text) {
    assertThatThrownBy(() -> Domain.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("as in example.com");
  }
}
