package dk.sporlos.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.privacy.Documents.Document;
import dk.sporlos.site.Accountability;
import dk.sporlos.site.Profile;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DocumentsTest {
  private static final Map<String, String> SAID =
      Map.of("controller", "Eksempel A/S", "recipients", "none", "backups-kept", "30");

  @ParameterizedTest
  @EnumSource
  void everyDocumentIsFilledFromSettingsAndInventory(Document document) {
    String text = documents(Profile.DK, SAID).text(document);

    assertThat(text)
        .contains("example.com", "Eksempel A/S", "| visits that ended | `visit` | visit |")
        .contains("Visits are kept for 180 days, totals for 25 months.", "kept for 30 days.")
        .doesNotContainPattern("\\{[a-z-]*}");
  }

  @Test
  void whatNobodyHasSaidIsSeen() {
    assertThat(documents(Profile.DK, Map.of()).text(Document.RECORD))
        .contains("| Controller | […] |", "Recipients (processors) | […]");
  }

  @Test
  void theCookieTableHasTheNameOfTheSitesCookieUnlessThereIsNone() {
    assertThat(documents(Profile.DK, SAID).cookies())
        .contains("`__Host-sporlos-0123456789ab`", "60 days", "`__Host-sporlos-optout`");
    assertThat(documents(Profile.STRICT, SAID).cookies())
        .doesNotContain("__Host-sporlos-0123456789ab")
        .contains("`__Host-sporlos-optout`");
  }

  private static Documents documents(Profile profile, Map<String, String> said) {
    return new Documents(PolicyTest.site(profile, said), Accountability.UNSAID);
  }
}
