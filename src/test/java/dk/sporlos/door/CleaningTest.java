package dk.sporlos.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CleaningTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://example.com/ | example.com | /",
        "https://example.com | example.com | /",
        "https://example.com?q=1 | example.com | /",
        "https://example.com#top | example.com | /",
        "HTTPS://WWW.Example.COM:8443/Path/ | example.com | /Path/",
        "http://user:secret@example.com/a | example.com | /a",
        "http://a@b@example.com/a | example.com | /a",
        "https://example.com/a?b=/c#d | example.com | /a",
        "https://example.com/a#b?c | example.com | /a",
        "https://example.com/caf%C3%A9 | example.com | /café",
        "https://example.com/café | example.com | /café",
        "https://example.com/%E2%82%AC/100%25 | example.com | /€/100%",
        "https://example.com/100%/x%2 | example.com | /100%/x%2",
        "https://example.com/%zz%1 | example.com | /%zz%1",
        "https://example.com/a%FFb | example.com | /a\ufffdb",
        "https://example.com/a%00b%0Ac | example.com | /abc",
        "https://example.com/a%20b%20 | example.com | /a b",
        "https://example.com/a+b | example.com | /a+b",
        "https://example.com/a^b[c]{d} | example.com | /a^b[c]{d}",
        "https://blåbærgrød.dk/ø | xn--blbrgrd-fxak7p.dk | /ø",
        "https://[2001:DB8::1]:8080/a | [2001:db8::1] | /a",
        "https://192.0.2.1/a | 192.0.2.1 | /a",
        "http://localhost:3000/a | localhost | /a",
        "https://example.com./a | example.com | /a",
        "https://example.com:/a | example.com | /a"
      })
  void keepsHostAndDecodedPath(String url, String host, String path) {
    assertThat(page(url)).isEqualTo(new Page(host, path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/a",
        "example.com/a",
        "//example.com/a",
        "https:/example.com",
        "https://",
        "https:///a",
        "https://?a",
        "https://:443/a",
        "https://user@/a",
        "https://exa mple.com/",
        "https://example..com/",
        "https://example.com:port/",
        "https://[2001:db8::1/",
        "https://ex%61mple.com/",
        "https://example.com\\a",
        "ftp://example.com/",
        "file:///etc/passwd",
        "data:text/html,x",
        "javascript:alert(1)",
        "about:blank"
      })
  void takesOnlyAbsoluteHttpAddressesWithAHost(String text) {
    assertThat(Url.parse(text)).isNull();
  }

  @Test
  void keepsTheQueryApartUntilItIsCleaned() {
    Url url = Objects.requireNonNull(Url.parse("https://example.com/a?b=%20&c#d?e"));

    assertThat(url.query()).isEqualTo("b=%20&c");
    assertThat(url).hasToString("Url");
  }

  @Test
  void cutsALongPathBetweenTwoCharacters() {
    Page page = page("https://example.com/" + "😀".repeat(700));

    assertThat(page.path()).isEqualTo("/" + "😀".repeat((2_000 - 11 - 1) / 4));
  }

  @Test
  void replacesHalvesOfSurrogatePairs() {
    assertThat(page("https://example.com/\ud83d/\ude00").path()).isEqualTo("/\ufffd/\ufffd");
  }

  private static Page page(String url) {
    return Cleaning.page(Objects.requireNonNull(Url.parse(url), url));
  }
}
