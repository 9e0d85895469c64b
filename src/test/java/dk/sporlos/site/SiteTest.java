package dk.sporlos.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SiteTest {

  @ParameterizedTest
  @CsvSource({
    "example.com, true",
    "shop.example.com, true",
    "a.b.example.com, true",
    "notexample.com, false",
    "example.com.evil.example, false",
    "com, false",
    "other.example, true",
    "sub.other.example, false",
    "many.example, false",
    "a.many.example, true",
    "amany.example, false",
    "localhost, false"
  })
  void hasPagesOnItsDomainAndTheHostsThatAreNamed(String host, boolean has) {
    Site site = site("example.com", Map.of("hosts", " WWW.Other.example ,*.many.example"));

    assertThat(site.hasPagesOn(host)).isEqualTo(has);
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, true",
    "app.localhost, true",
    "127.0.0.1, true",
    "127.1.2.3, true",
    "[::1], true",
    "mac.local, true",
    "local, false",
    "128.0.0.1, false",
    "192.168.0.1, false",
    "127.0.0.1.example, false",
    "notlocalhost, false"
  })
  void hasPagesOnALocalHostOnlyIfThatIsSaid(String host, boolean local) {
    assertThat(site("example.com", Map.of("localhost", "on")).hasPagesOn(host)).isEqualTo(local);
    assertThat(site("example.com", Map.of()).hasPagesOn(host)).isFalse();
  }

  private static Site site(String domain, Map<String, String> settings) {
    return new Site(new SiteId(1), domain, ZoneId.of("UTC"), false)
        .with(SiteSettings.read(Profile.DK, settings, unreadable -> {}));
  }
}
