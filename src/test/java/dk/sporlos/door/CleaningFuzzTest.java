package dk.sporlos.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What no address whatever may do to a page. */
final class CleaningFuzzTest {

  @Property
  void makesOfAnyPathATextThatATableTakes(@ForAll String path) {
    Page page =
        Cleaning.clean(CleaningTest.SITE, CleaningTest.beacon("https://example.com/" + path))
            .page();

    byte[] utf8 = page.path().getBytes(StandardCharsets.UTF_8);
    assertThat(new String(utf8, StandardCharsets.UTF_8)).isEqualTo(page.path());
    assertThat(page.path()).startsWith("/").doesNotContainPattern("[\\p{Cntrl}]");
    assertThat(utf8.length + page.host().length()).isLessThanOrEqualTo(2_000);
  }

  @Property
  void changesNothingASecondTime(@ForAll("parts") List<String> parts) {
    String text = String.join("", parts);
    Beacon beacon = beacon(text, text);

    Cleaned once = Cleaning.clean(CleaningTest.SITE, beacon);
    Cleaned twice =
        Cleaning.clean(
            CleaningTest.SITE,
            CleaningTest.beacon(
                "https://example.com" + encoded(once.page().path()),
                "https://search.example" + encoded(once.origin().path()),
                once.properties()));

    assertThat(twice.page()).isEqualTo(once.page());
    assertThat(twice.origin().path()).isEqualTo(once.origin().path());
    assertThat(twice.properties()).isEqualTo(once.properties());
    assertThat(twice.traces()).isEmpty();
  }

  @Property
  void makesOfAnyBeaconWhatTheTablesTake(@ForAll String text, @ForAll("parts") List<String> parts) {
    for (String sent : List.of(text, String.join("", parts), text.repeat(100))) {
      Cleaned cleaned = Cleaning.clean(CleaningTest.SITE, beacon(sent, PlainText.of(sent)));

      assertThat(utf8Length(cleaned.page().host() + cleaned.page().path()))
          .isLessThanOrEqualTo(2_000);
      assertThat(utf8Length(cleaned.origin().host() + cleaned.origin().path()))
          .isLessThanOrEqualTo(1_700);
      Campaign campaign = cleaned.origin().campaign();
      if (campaign != null) {
        assertThat(utf8Length(campaign.name())).isLessThanOrEqualTo(300);
        assertThat(campaign.name()).doesNotContainPattern("[\\p{Cntrl}]");
      }
      assertThat(cleaned.page().path() + cleaned.origin().path() + cleaned.properties())
          .doesNotContainPattern("[\\p{Cntrl}]");
      cleaned
          .properties()
          .forEach(
              (name, value) ->
                  assertThat(utf8Length(value))
                      .isLessThanOrEqualTo(utf8Length(PlainText.of(sent))));
    }
  }

  /** Pieces of secrets, of encodings and of what stands about them. */
  @Provide
  Arbitrary<List<String>> parts() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "@",
            "%",
            "%25",
            "%40",
            "%u0040",
            "%u",
            "\uff20",
            "\u200b",
            "\u202f",
            "\u0664",
            "40",
            "+",
            "+45",
            "00",
            "tel:",
            "cpr",
            "-",
            " ",
            ".",
            "/",
            ":",
            "a@b.dk",
            "010190-1234",
            "0101901234",
            "12345678",
            "12 34",
            "DK5000400440116243",
            "4111111111111111",
            "eyJhbGciOiJIUzI1NiJ9",
            "0123456789abcdef",
            "xK9dPq2LmZ7vRt4Wb1Yn",
            "018f3a2b-7c4d-7e8f-9a0b-1c2d3e4f5a6b",
            ":email",
            ":cpr",
            ":phone",
            ":id",
            "ø",
            "?a=",
            "#",
            "%C2%85",
            "%00",
            "%C3",
            "word");
    Arbitrary<String> numbers = Arbitraries.integers().between(0, 99_999_999).map(String::valueOf);
    return Arbitraries.oneOf(pieces, pieces, numbers).list().ofMinSize(1).ofMaxSize(8);
  }

  private static Beacon beacon(String inAddress, String inProperty) {
    return CleaningTest.beacon(
        "https://example.com/" + inAddress.replaceAll("[?#]", "") + "?utm_campaign=" + inAddress,
        "https://search.example/" + inAddress.replaceAll("[?#]", ""),
        Map.of("plan", inProperty));
  }

  private static int utf8Length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static String encoded(String path) {
    return URLEncoder.encode(path, StandardCharsets.UTF_8).replace("+", "%20").replace("%2F", "/");
  }

  @Property
  void takesAnyTextApartOrRefusesIt(@ForAll String text) {
    for (String prefix : new String[] {"", "http://", "https://example.com"}) {
      Url url = Url.parse(prefix + text);

      if (url != null) {
        assertThat(url.host()).isNotEmpty();
      }
    }
  }
}
