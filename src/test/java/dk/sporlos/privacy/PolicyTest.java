package dk.sporlos.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.page.Language;
import dk.sporlos.site.Accountability;
import dk.sporlos.site.Profile;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import dk.sporlos.site.SiteSettings;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PolicyTest {
  private static final Map<String, String> ALL_SAID =
      Map.of(
          "controller", "Eksempel A/S, Storegade 1, 8000 Aarhus C",
          "controller-contact", "privat@example.com",
          "dpo", "dpo@example.com",
          "hosting-region", "EU (Danmark)",
          "recipients", "Hotel ApS, Danmark; Mail AB, Sverige",
          "backups-kept", "30",
          "collector-url", "https://stats.example.com");

  @ParameterizedTest
  @EnumSource
  void aPolicyOfWhichAllIsSaidHasNoGap(Profile profile) {
    for (Language language : Language.values()) {
      String text = text(language, profile, ALL_SAID);

      assertThat(text)
          .doesNotContain(Wording.UNSAID, "{", "}")
          .contains(
              "Eksempel A/S, Storegade 1, 8000 Aarhus C",
              "privat@example.com",
              "dpo@example.com",
              "EU (Danmark)",
              "Hotel ApS, Danmark; Mail AB, Sverige",
              "https://stats.example.com/privacy?site=example.com",
              "Datatilsynet");
    }
  }

  @ParameterizedTest
  @EnumSource
  void bothLanguagesHaveTheSameSectionsAndParagraphs(Profile profile) {
    assertThat(shape(Language.DA, profile)).isEqualTo(shape(Language.EN, profile)).hasSize(9);
  }

  @Test
  void theDanishTextHasTheHeadingsThatDanesKnow() {
    assertThat(policy(Language.DA, Profile.DK, ALL_SAID).sections())
        .extracting(Policy.Section::heading)
        .containsExactly(
            "Generelt",
            "Hvilke oplysninger indsamler vi?",
            "Hvad bruger vi oplysningerne til?",
            "Giver vi oplysningerne videre?",
            "Hvor længe gemmer vi dem, og hvordan beskytter vi dem?",
            "Cookies",
            "Dine rettigheder",
            "Klage til Datatilsynet",
            "Ændringer");
  }

  @ParameterizedTest
  @CsvSource({
    "cookie, off",
    "cookie, on",
    "cookie-life, fixed",
    "cookie-days, 30",
    "recognition, none",
    "address-for-recognition, full",
    "campaigns, off",
    "referrer, host",
    "place, country",
    "place, city",
    "signals, ignore",
    "visits-kept, 0",
    "visits-kept, 90",
    "totals-kept, 12",
    "query-parameters, q",
    "keep-paths, /u/*",
    "controller, Other",
    "controller-contact, other@example.com",
    "dpo, ''",
    "hosting-region, Other",
    "recipients, none",
    "recipients, Other",
    "purpose, Other",
    "backups-kept, 0",
    "backups-kept, 7",
    "collector-url, https://other.example"
  })
  void everySettingThatMattersChangesTheTextInBothLanguages(String name, String value) {
    Map<String, String> changed = new HashMap<>(ALL_SAID);
    changed.put(name, value);

    for (Language language : Language.values()) {
      assertThat(text(language, Profile.DK, changed))
          .isNotEqualTo(text(language, Profile.DK, ALL_SAID));
    }
  }

  @Test
  void whatNobodyHasSaidIsAVisibleGapAndNoInventedName() {
    Policy policy = policy(Language.DA, Profile.DK, Map.of());

    assertThat(policy.plain()).contains("Dataansvarlig er […]. Du kan kontakte os på […].");
    assertThat(policy.html().toString()).contains("Dataansvarlig er <mark>[…]</mark>");
  }

  @ParameterizedTest
  @CsvSource({"DK, Valby", "STRICT, Valby", "CNIL, Fontenoy", "UK, Wilmslow"})
  void theAuthorityIsThatOfTheProfile(Profile profile, String address) {
    assertThat(text(Language.EN, profile, ALL_SAID)).contains(address);
  }

  @Test
  void anonymousIsWhatWeDoNotCallIt() {
    assertThat(text(Language.EN, Profile.DK, ALL_SAID)).contains("do not call the data anonymous");
    assertThat(text(Language.DA, Profile.DK, ALL_SAID))
        .contains("kalder ikke oplysningerne anonyme");
  }

  @Test
  void whatTheOperatorSaysIsTextAndNoMarkup() {
    assertThat(policy(Language.EN, Profile.DK, Map.of("controller", "<script>x</script>")).html())
        .asString()
        .contains("&lt;script&gt;x&lt;/script&gt;");
  }

  @Test
  void addressesInThePageLeadThere() {
    assertThat(policy(Language.EN, Profile.DK, ALL_SAID).html().toString())
        .contains("<a href=\"mailto:dt@datatilsynet.dk\">dt@datatilsynet.dk</a>")
        .contains("<a href=\"https://www.datatilsynet.dk\">https://www.datatilsynet.dk</a>. You")
        .contains("<a href=\"https://stats.example.com/privacy?site=example.com\">");
    assertThat(policy(Language.EN, Profile.DK, Map.of()).html().toString())
        .contains("<a href=\"/privacy?site=example.com\">");
  }

  private static List<List<Boolean>> shape(Language language, Profile profile) {
    return policy(language, profile, ALL_SAID).sections().stream()
        .map(section -> section.paragraphs().stream().map(Policy.Paragraph::item).toList())
        .toList();
  }

  private static String text(Language language, Profile profile, Map<String, String> said) {
    return policy(language, profile, said).plain();
  }

  private static Policy policy(Language language, Profile profile, Map<String, String> said) {
    return Policy.of(language, Facts.of(site(profile, said), accountability(said)));
  }

  private static Accountability accountability(Map<String, String> said) {
    return SiteSettings.read(Profile.DK, said, unreadable -> {}).accountability();
  }

  static Site site(Profile profile, Map<String, String> said) {
    return new Site(
        new SiteId(1),
        "example.com",
        "0123456789ab",
        ZoneId.of("Europe/Copenhagen"),
        false,
        profile,
        SiteSettings.read(profile, said, unreadable -> {}));
  }
}
