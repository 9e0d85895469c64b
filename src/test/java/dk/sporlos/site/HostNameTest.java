package dk.sporlos.site;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HostNameTest {

  @ParameterizedTest
  @CsvSource({
    "example.com, example.com",
    "Example.COM, example.com",
    "' example.com ', example.com",
    "www.example.com, example.com",
    "WWW.Example.com, example.com",
    "www.www.example.com, www.example.com",
    "www., www",
    "wwwexample.com, wwwexample.com",
    "example.com., example.com",
    "blåbærgrød.dk, xn--blbrgrd-fxak7p.dk",
    "BLÅBÆRGRØD.dk, xn--blbrgrd-fxak7p.dk",
    "www.blåbærgrød.dk, xn--blbrgrd-fxak7p.dk",
    "xn--blbrgrd-fxak7p.dk, xn--blbrgrd-fxak7p.dk",
    "'', ''",
    "., ''",
    "ex ample, ex ample"
  })
  void spellsANameInOneWay(String name, String canonical) {
    assertThat(HostName.canonical(name)).isEqualTo(canonical);
  }

  @ParameterizedTest
  @CsvSource({"ø..dk", "ø.", "-ø-.dk", "\ud800"})
  void spellsWhatIsNoNameWithoutFailing(String text) {
    assertThat(HostName.canonical(text)).isNotNull();
  }
}
