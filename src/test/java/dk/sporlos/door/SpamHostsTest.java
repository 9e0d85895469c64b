package dk.sporlos.door;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.site.HostName;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpamHostsTest {
  private static final SpamHosts HOSTS = new SpamHosts(Set.of("spam.example", "a.b.example"));

  @ParameterizedTest
  @CsvSource({
    "https://spam.example/, spam.example",
    "http://www.SPAM.example, spam.example",
    "https://deep.below.spam.example:8443/x?y#z, spam.example",
    "https://x@spam.example./, spam.example",
    "https://c.a.b.example/, a.b.example"
  })
  void includeTheHostAndWhatIsBelowIt(String referrer, String host) {
    assertThat(HOSTS.among(referrer)).isEqualTo(host);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "spam.example",
        "https://notspam.example/",
        "https://spam.example.org/",
        "https://b.example/",
        "https://example/",
        "https://[2001:db8::1]/",
        "android-app://spam.example/"
      })
  void includeNobodyElse(String referrer) {
    assertThat(HOSTS.among(referrer)).isNull();
  }

  @Test
  void areShippedInTheSpellingInWhichHostsAreFound() {
    assertThat(ShippedList.read("spammers.txt"))
        .hasSizeGreaterThan(2_000)
        .allSatisfy(host -> assertThat(HostName.canonical(host)).isEqualTo(host));
  }
}
