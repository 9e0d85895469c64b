package dk.sporlos.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dk.sporlos.site.Dialect;
import dk.sporlos.site.Profile;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import dk.sporlos.site.SiteSettings;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CleaningTest {
  static final Site SITE =
      new Site(new SiteId(1), "example.com", ZoneId.of("Europe/Copenhagen"), false);

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

  @Test
  void takesTheEncodingOffHoweverOftenItWasPutOn() {
    assertThat(page("https://example.com/kim%2540example.org").path()).isEqualTo("/:email");
    assertThat(page("https://example.com/kim%25252525252540example.org").path())
        .isEqualTo("/:email");
    assertThat(page("https://example.com/kim%%34%30example.org").path()).isEqualTo("/:email");
    assertThat(page("https://example.com/kim%4%C2%850example.org").path()).isEqualTo("/:email");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/u/kim.larsen+news@mail.example.dk/edit | /u/:email/edit",
        "/u/KIM@EXAMPLE.DK | /u/:email",
        "/u/søren@blåbær.dk | /u/:email",
        "/a@b.dk@c.dk | /:email",
        "/010190-1234 | /:cpr",
        "/u/010190%201234/x | /u/:cpr/x",
        "/cpr/0101901234 | /cpr/:cpr",
        "/cpr-nr:0101901234 | /cpr-nr::cpr",
        "/0101901234 | /0101901234",
        "/310290-1234 | /310290-1234",
        "/290200-4123 | /:cpr",
        "/290200-1123 | /290200-1123",
        "/20261122-1430 | /20261122-1430",
        "/+4512345678 | /:phone",
        "/kontakt/+45%2012%2034%2056%2078/nu | /kontakt/:phone/nu",
        "/tel:12345678 | /:phone",
        "/004512345678 | /:phone",
        "/00123456 | /00123456",
        "/12345678 | /12345678",
        "/konto/DK50%200040%200440%201162%2043 | /konto/:iban",
        "/konto/dk5000400440116243 | /konto/:iban",
        "/konto/GB30%20NWBK%206016%20133192 | /konto/GB30 NWBK 6016 133192",
        "/kort/4111111111111111 | /kort/:card",
        "/kort/5019-7170-1010-3742 | /kort/:card",
        "/kort/411111111111111 | /kort/411111111111111",
        "/vare/4006381333931 | /vare/4006381333931",
        "/s/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJraW0ifQ.dBjftJeZ4CVPmB92K27uhbUJU1p1r | /s/:jwt",
        "/s/018f3a2b-7c4d-7e8f-9a0b-1c2d3e4f5a6b/x | /s/:id/x",
        "/s/0123456789abcdef | /s/:id",
        "/s/session0123456789ABCDEF | /s/session:id",
        "/s/0123456789abcde | /s/0123456789abcde",
        "/s/xK9dPq2LmZ7vRt4Wb1Yn | /s/:id",
        "/s/V1StGXR8_Z5jdHi6B-myT | /s/:id",
        "/arbejdsloeshedsforsikring | /arbejdsloeshedsforsikring",
        "/article10293847 | /article10293847",
        "/2026/11/22/long-headline-with-many-words | /2026/11/22/long-headline-with-many-words",
        "/Samsung-Galaxy-S24-Ultra-256GB | /Samsung-Galaxy-S24-Ultra-256GB",
        "/Covid19VaccinationStatus | /Covid19VaccinationStatus",
        "/p/react@18.2.0 | /p/react@18.2.0",
        "/p/logo@2x.png | /p/logo@2x.png",
        "/@kim | /@kim",
        "/login/https%3A%2F%2Fx.dk%2F%3Ftoken%3Dabc | /login/https://x.dk/",
        "/hvad-er-det%3F | /hvad-er-det?"
      })
  void putsAPlaceholderForEachTraceInAPath(String path, String cleaned) {
    assertThat(page("https://example.com" + path).path()).isEqualTo(cleaned);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "12345678 | :phone",
        "ring 12 34 56 78 nu | ring :phone nu",
        "070-123 45 67 | :phone",
        "12.34.56.78 | :phone",
        "tlf:12345678 | :phone",
        "0101901234 | :phone",
        "20261122 | 20261122",
        "2026-11-22 | 2026-11-22",
        "22-11-2026 10 | 22-11-2026 10",
        "2025-2026 | 2025-2026",
        "1234567 | 1234567",
        "12345678.90 | 12345678.90",
        "55.676098 | 55.676098",
        "kim%40example.dk | :email",
        "50%25 off | 50%25 off",
        "yearly | yearly"
      })
  void putsAPlaceholderForEachTraceInAProperty(String value, String cleaned) {
    assertThat(clean(SITE, beacon(null, Map.of("plan", value))).properties())
        .containsExactly(Map.entry("plan", cleaned));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user",
        "User",
        "username",
        "session",
        "auth_1",
        "tel",
        "USER_NAME",
        "userName",
        "email",
        "e-mail",
        "E_Mail_Address",
        "customer_email",
        "customeremail",
        "email_sha256",
        "email2",
        "name",
        "Name",
        "first_name",
        "firstName",
        "phone",
        "contact phone",
        "address",
        "user_id",
        "userID",
        "navn",
        "fornavn",
        "Telefonnummer",
        "tlf.nr",
        "kundenummer",
        "kunde_nr",
        "fødselsdato",
        "adresse",
        "ip",
        "CPR",
        "cpr-nummer",
        "contact[name]",
        "kim@example.dk"
      })
  void leavesOutAPropertyThatIsNamedLikeAPerson(String name) {
    Cleaned cleaned = clean(SITE, beacon(null, Map.of(name, "Kim", "plan", "yearly")));

    assertThat(cleaned.properties()).containsExactly(Map.entry("plan", "yearly"));
    assertThat(cleaned.traces()).containsEntry(Trace.PROPERTY, 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plan",
        "product_name",
        "productId",
        "button",
        "category",
        "email_template",
        "author",
        "smartphone",
        "microphone",
        "pagename",
        "campaign_name",
        "logged_in",
        "user_type",
        "varenavn",
        "varenummer",
        "id",
        "number",
        "headphones",
        "clip",
        "ship",
        "form_name"
      })
  void keepsOtherProperties(String name) {
    assertThat(clean(SITE, beacon(null, Map.of(name, "x"))).properties()).containsKey(name);
  }

  @Test
  void keepsOfAQueryTheCampaignAndTheNameOfTheClickId() {
    Beacon beacon =
        beacon(
            "https://example.com/a?utm_source=news%20letter&UTM_Medium=email&utm_campaign=kim%40example.dk"
                + "&utm_term=red+shoes&utm_content=%2B4512345678&sccid=secret&gclid=x&token=secret");

    Cleaned cleaned = clean(SITE, beacon);

    assertThat(cleaned.page()).isEqualTo(new Page("example.com", "/a"));
    assertThat(cleaned.origin())
        .isEqualTo(
            new Origin(
                "",
                "",
                new Campaign("news letter", "email", ":email", ":phone", "red shoes"),
                "ScCid"));
    assertThat(cleaned.traces()).isEqualTo(Map.of(Trace.EMAIL, 1, Trace.PHONE, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "utm_source=a&ref=b&source=c, a",
    "ref=b&source=c, b",
    "source=c, c",
    "utm_source=&ref=b, b"
  })
  void takesAnotherParameterForASourceThatIsNotNamed(String query, String source) {
    Origin origin = clean(SITE, beacon("https://example.com/?" + query)).origin();

    assertThat(origin.campaign()).isEqualTo(new Campaign(source, "", "", "", ""));
  }

  @Test
  void namesNoCampaignWhereThereIsNone() {
    assertThat(clean(SITE, beacon("https://example.com/?a=b&utm_source=")).origin())
        .isEqualTo(Origin.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "null",
      value = {
        "null | '' | ''",
        "'' | '' | ''",
        "https://www.Search.Example/find/kim@example.dk?q=secret#x | search.example | /find/:email",
        "https://search.example | search.example | /",
        "https://example.com/a | '' | ''",
        "https://shop.example.com/a | '' | ''",
        "android-app://com.google.android.gm/ | com.google.android.gm | ''",
        "chrome-extension://abcdefghijklmnopabcdefghijklmnop/x | '' | ''",
        "file:///home/kim | '' | ''",
        "about:blank | '' | ''",
        "javascript:alert(1) | '' | ''",
        "http://203.0.113.7/a | '' | ''",
        "http://[2001:db8::1]/a | '' | ''",
        "https://0123456789abcdef0123.frame.example/a | frame.example | /a"
      })
  void keepsHostAndPathOfWhatLedHere(String referrer, String host, String path) {
    Origin origin = clean(SITE, from(referrer)).origin();

    assertThat(origin).isEqualTo(new Origin(host, path, null, ""));
  }

  @Test
  void countsWhatItFinds() {
    Beacon beacon = beacon("https://example.com/kim@example.dk/010190-1234?utm_term=a@b.dk");

    assertThat(clean(SITE, beacon).traces()).isEqualTo(Map.of(Trace.EMAIL, 2, Trace.CPR, 1));
  }

  @Test
  void cleansTheNameOfAnEvent() {
    Beacon beacon =
        new Beacon(
            Dialect.SPORLOS,
            "example.com",
            url("https://example.com/"),
            new Action.Event("Invite kim@example.dk", true),
            null,
            Map.of(),
            null,
            null,
            null,
            /* driven= */ false,
            null,
            Duration.ZERO,
            OnBehalf.NOBODY);

    assertThat(clean(SITE, beacon).action()).isEqualTo(new Action.Event("Invite :email", true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "query-parameters | q,category | /find?q=kim%40example.dk&x=1&category=red+shoes | /find?category=red shoes&q=:email",
        "query-parameters | q | /find?q | /find?q=",
        "query-parameters | q | /find | /find",
        "keep-paths | /user/* | /user/kim@example.dk | /user/kim@example.dk",
        "keep-paths | /user/* | /other/kim@example.dk | /other/:email",
        "group-paths | /product/* | /product/red%20shoes?q=1 | /product/*",
        "group-paths | /product/* | /product/ | /product/*",
        "hash-routing | on | /app#/inbox/kim@example.dk?token=x | /app#/inbox/:email",
        "hash-routing | on | /#!/a%2Fb | /#!/a/b",
        "hash-routing | on | /app#top | /app",
        "hash-routing | off | /app#/inbox | /app"
      })
  void doesAsTheSiteSays(String name, String value, String address, String path) {
    SiteSettings settings =
        SiteSettings.read(Profile.DK, Map.of(name, value), unread -> fail(unread.name()));

    Cleaned cleaned = clean(SITE.with(settings), beacon("https://example.com" + address));

    assertThat(cleaned.page().path()).isEqualTo(path);
  }

  @Test
  void readsTheCampaignOfARoute() {
    SiteSettings settings =
        SiteSettings.read(Profile.DK, Map.of("hash-routing", "on"), unread -> {});

    assertThat(
            clean(SITE.with(settings), beacon("https://example.com/#/a?utm_source=x"))
                .origin()
                .campaign())
        .isEqualTo(new Campaign("x", "", "", "", ""));
  }

  private static Cleaned clean(Site site, Beacon beacon) {
    return Cleaning.clean(site, beacon);
  }

  static Page page(String url) {
    return clean(SITE, beacon(url)).page();
  }

  private static Url url(String url) {
    return Objects.requireNonNull(Url.parse(url), url);
  }

  static Beacon beacon(String url) {
    return beacon(url, null, Map.of());
  }

  private static Beacon beacon(@Nullable String referrer, Map<String, String> properties) {
    return beacon("https://example.com/", referrer, properties);
  }

  private static Beacon from(@Nullable String referrer) {
    return beacon(referrer, Map.of());
  }

  static Beacon beacon(String url, @Nullable String referrer, Map<String, String> properties) {
    return new Beacon(
        Dialect.SPORLOS,
        "example.com",
        url(url),
        new Action.PageView(),
        referrer,
        properties,
        null,
        null,
        null,
        /* driven= */ false,
        null,
        Duration.ZERO,
        OnBehalf.NOBODY);
  }

  @Test
  void aUuidWithoutDigitsIsAnIdToo() {
    assertThat(page("https://example.com/a/abcdefab-cdef-abcd-efab-cdefabcdefab").path())
        .isEqualTo("/a/:id");
  }

  @Test
  void aTraceInAReferrersHostCountsOnceHoweverManyLabelsItHas() {
    Cleaned cleaned = Cleaning.clean(SITE, from("https://a.b.0123456789abcdef.c.example/x"));

    assertThat(cleaned.origin().host()).isEqualTo("c.example");
    assertThat(cleaned.traces()).isEqualTo(Map.of(Trace.ID, 1));
  }

  /** Quadratic time would be tens of seconds. */
  @ParameterizedTest
  @ValueSource(strings = {"eyJ", "EYJ", "eyJ-", "a@", "1 ", "+4", "010170-1234 ", "aB3_", "tel:"})
  void thereIsNoTextThatTakesLong(String part) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> new Traces().replaceAll(part.repeat(400_000 / part.length())));
  }

  @ParameterizedTest
  @CsvSource({
    "/u/kim%u0040example.dk, /u/:email",
    "/u/kim%25u0040example.dk, /u/:email",
    "/u/kim%\u200b40example.dk, /u/:email",
    "/u/kim%%E2%80%8B40example.dk, /u/:email",
    "/u/%u006b%u00f8@example.dk, /u/:email",
    "/u/kim%EF%BC%A0example.dk, /u/:email",
    "/u/kim@example%E3%80%82dk, /u/:email",
    "/u/kim%E2%80%8B@exam%C2%ADple.dk, /u/:email",
    "/u/010190%E2%88%921234, /u/:cpr",
    "/u/%EF%BC%90%EF%BC%91%EF%BC%90%EF%BC%91%EF%BC%99%EF%BC%90-%EF%BC%91%EF%BC%92%EF%BC%93%EF%BC%94, /u/:cpr",
    "/u/+45%E2%80%AF12%E2%80%AF34%E2%80%AF56%E2%80%AF78, /u/:phone",
    "/u/%uD83D, /u/%uD83D",
    "/u/%u00zz%u, /u/%u00zz%u"
  })
  void noSpellingHidesATrace(String sent, String kept) {
    assertThat(page("https://example.com" + sent).path()).isEqualTo(kept);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/日本、東京。", "/５つ星", "/می‌خواهم", "/👩‍👩‍👧", "/soft\u00adhyphen"})
  void textWithoutTracesKeepsItsOwnSpelling(String path) {
    assertThat(page("https://example.com" + path).path()).isEqualTo(path);
  }

  @ParameterizedTest
  @CsvSource({
    "0123456789abcdef.example.com, example.com",
    "a.550e8400-e29b-41d4-a716-446655440000.shop.example.com, shop.example.com",
    "shop.example.com, shop.example.com",
    "192.168.100.200, 192.168.100.200"
  })
  void thePagesHostIsCleanedAsWell(String host, String kept) {
    assertThat(page("https://" + host + "/").host()).isEqualTo(kept);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/img/icon@2x.png", "/img/icon@2x-dark.png", "/img/hero@3x-sale.min.webp"})
  void imagesForFineDisplaysAreNoAddresses(String path) {
    assertThat(page("https://example.com" + path).path()).isEqualTo(path);
  }
}
