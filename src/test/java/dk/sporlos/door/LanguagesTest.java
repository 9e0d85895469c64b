package dk.sporlos.door;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LanguagesTest {

  @ParameterizedTest
  @CsvSource({
    "'da-DK,da;q=0.9,en;q=0.8', da",
    "da, da",
    "' EN_us ', en",
    "zh-Hant-TW, zh",
    "'fil-PH,en', fil",
    "nb-NO, nb",
    "iw, he",
    "*, ''",
    "'', ''",
    "',;', ''",
    "x-secret, ''",
    "qqq, ''",
    "xx, ''",
    "danish, ''",
  })
  void takesTheBaseOfTheFirstPreference(String header, String language) {
    assertThat(Languages.first(header)).isEqualTo(language);
  }
}
