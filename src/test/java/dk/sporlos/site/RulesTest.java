package dk.sporlos.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dk.sporlos.settings.Setting;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RulesTest {

  @ParameterizedTest
  @EnumSource
  void everyProfileHasARuleForEverySettingOfPrivacy(Profile profile) {
    assertThat(Rules.of(profile).keySet())
        .containsExactlyElementsOf(Privacy.ALL.stream().map(Setting::name).toList());
    assertThat(Rules.of(profile).values())
        .allSatisfy(rule -> assertThat(rule.source()).isNotBlank());
  }

  @ParameterizedTest
  @CsvSource({
    "dk,     CONSENT, SLIDING, DAY_KEY, true,  PATH, REGION,  5,  180",
    "cnil,   ON,      FIXED,   DAY_KEY, false, HOST, COUNTRY, 10, 30",
    "uk,     ON,      SLIDING, DAY_KEY, true,  PATH, REGION,  5,  90",
    "strict, OFF,     SLIDING, NONE,    false, HOST, COUNTRY, 10, 0"
  })
  void aProfileSaysWhatHoldsWhereNothingElseIsSaid(
      String name,
      CookieRule cookie,
      CookieLife life,
      Recognising recognising,
      boolean campaigns,
      ReferrerDetail referrer,
      PlaceDetail place,
      int rounding,
      int visitDays) {
    assertThat(privacy(name, Map.of()))
        .isEqualTo(
            new Privacy(
                cookie,
                life,
                60,
                recognising,
                AddressUse.CUT,
                campaigns,
                referrer,
                place,
                Signals.OBEY,
                rounding,
                visitDays,
                25));
  }

  @Test
  void whatTheOperatorSaysGoesBeforeTheProfile() {
    assertThat(privacy("cnil", Map.of("place", "city")).place()).isEqualTo(PlaceDetail.CITY);
  }

  @ParameterizedTest
  @CsvSource({
    "dk,   cookie,       on",
    "dk,   cookie-days,  61",
    "dk,   cookie-life,  fixed",
    "cnil, cookie-life,  sliding",
    "cnil, campaigns,    on",
    "cnil, place,        region",
    "uk,   rounding,     1",
    "uk,   signals,      ignore",
    "dk,   address-for-recognition, full",
    "strict, recognition, day-key",
    "strict, visits-kept, 1"
  })
  void whatAllowsMoreThanTheProfileIsADepartureThatNamesTheRule(
      String profile, String name, String value) {
    assertThat(Rules.departures(Profile.parse(profile), Map.of(name, value)))
        .singleElement()
        .satisfies(
            departure -> {
              assertThat(departure.setting().name()).isEqualTo(name);
              assertThat(departure.words())
                  .startsWith(name + " = " + value + " leaves ")
                  .endsWith(departure.rule().source());
            });
  }

  @ParameterizedTest
  @CsvSource({
    "dk, cookie,      off",
    "dk, cookie-days, 60",
    "dk, cookie-days, 1",
    "dk, rounding,    10",
    "uk, cookie,      consent",
    "dk, recognition, none",
    "dk, place,       nonsense",
    "dk, hosts,       example.org"
  })
  void whatAllowsNoMoreIsNone(String profile, String name, String value) {
    assertThat(Rules.departures(Profile.parse(profile), Map.of(name, value))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"cookie-days, 0", "cookie-days, 181", "cookie-days, sixty", "cookie, maybe"})
  void aValueOutsideItsRangeIsRefusedWithWhatWouldDo(String name, String value) {
    Setting<?> setting = SiteSettings.named(name);

    assertThatThrownBy(() -> setting.parse().apply(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + value + "'")
        .hasMessageContaining("write ");
  }

  private static Privacy privacy(String profile, Map<String, String> texts) {
    return SiteSettings.read(Profile.parse(profile), texts, unread -> fail(unread.name()))
        .privacy();
  }
}
