package dk.sporlos.door;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.door.Action.Engagement;
import dk.sporlos.door.Action.Event;
import dk.sporlos.door.Action.PageView;
import dk.sporlos.door.Action.Vitals;
import dk.sporlos.site.Dialect;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BeaconDecoderTest {
  private static final String START = "{\"d\":\"example.com\",\"u\":\"https://example.com/a\"";

  @Test
  void aSiteMayBeNamedAsAnotherProductDid() {
    Beacon beacon =
        (Beacon)
            BeaconDecoder.decode(
                Buffer.buffer("{\"d\": \"matomo:3\", \"u\": \"https://example.com/\"}"));

    assertThat(beacon.dialect()).isEqualTo(Dialect.MATOMO);
    assertThat(beacon.site()).isEqualTo("3");
  }

  @Test
  void readsTheSmallestBeaconAsAPageView() {
    Beacon beacon = beacon(START + "}");

    assertThat(beacon.site()).isEqualTo("example.com");
    assertThat(beacon.url()).isEqualTo(new Url("example.com", "/a", null, null));
    assertThat(beacon.action()).isEqualTo(new PageView());
    assertThat(beacon.age()).isZero();
  }

  @Test
  void readsAllKeys() {
    Beacon beacon =
        beacon(
            START
                + """
                ,"n":"Signup","r":"https://search.example/","p":{"plan":"yearly","seats":5,"trial":false,"x":null},
                "$":{"amount":12.5,"currency":"DKK"},"i":false,"w":1280,"c":1,"k":"x07hd3kq9aa","a":30,"v":1}""");

    assertThat(beacon.action()).isEqualTo(new Event("Signup", false));
    assertThat(beacon.referrer()).isEqualTo("https://search.example/");
    assertThat(beacon.properties())
        .isEqualTo(Map.of("plan", "yearly", "seats", "5", "trial", "false"));
    assertThat(beacon.revenue()).isEqualTo(new Revenue(new BigDecimal("12.500000"), "DKK"));
    assertThat(beacon.viewportWidth()).isEqualTo(1280);
    assertThat(beacon.consent()).isTrue();
    assertThat(beacon.nonce()).isEqualTo("x07hd3kq9aa");
    assertThat(beacon.age()).isEqualTo(Duration.ofSeconds(30));
  }

  @ParameterizedTest
  @CsvSource({
    "'\"e\":15321,\"sd\":62', PT15.321S, 62",
    "'\"e\":1.9', PT0.001S,",
    "'\"sd\":101', PT0S, 100",
    "'\"e\":0', PT0S,",
    "'\"e\":1e300', PT5M,",
    "'\"e\":null,\"sd\":5', PT0S, 5"
  })
  void readsAnEngagement(String keys, Duration engaged, Integer scroll) {
    Beacon beacon = beacon(START + ",\"n\":\"engagement\"," + keys + "}");

    assertThat(beacon.action()).isEqualTo(new Engagement(engaged, scroll));
  }

  @Test
  void readsVitalsIntoTheirBuckets() {
    Beacon beacon =
        beacon(START + ",\"n\":\"vitals\",\"lcp\":2500.5,\"cls\":0,\"inp\":1e12,\"p\":{\"a\":1}}");

    assertThat(beacon.action())
        .isEqualTo(
            new Vitals(Map.of(Vital.LCP, 49, Vital.CLS, 0, Vital.INP, 76), /* device= */ ""));
  }

  @Test
  void readsVitalsOfAQuery() {
    MultiMap parameters =
        MultiMap.caseInsensitiveMultiMap()
            .add("d", "example.com")
            .add("u", "https://example.com/a")
            .add("n", "vitals")
            .add("cls", "0.1")
            .add("ttfb", "9");

    assertThat(((Beacon) BeaconDecoder.decode(parameters)).action())
        .isEqualTo(new Vitals(Map.of(Vital.CLS, 40, Vital.TTFB, 0), /* device= */ ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pageview\":\"", "n\":\"pageview", "n\":null,\"x\":\"", "N\":\"x"})
  void takesABeaconWithoutANameForAPageView(String key) {
    assertThat(beacon(START + ",\"" + key + "\"}").action()).isEqualTo(new PageView());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"i\":true | true",
        "\"i\":false | false",
        "\"i\":0 | false",
        "\"i\":null | true",
        "\"x\":0 | true"
      })
  void takesAnEventForInteractiveUnlessItSaysOtherwise(String key, boolean interactive) {
    assertThat(beacon(START + ",\"n\":\"Play\"," + key + "}").action())
        .isEqualTo(new Event("Play", interactive));
  }

  @Test
  void readsTextOfAnyScript() {
    assertThat(beacon(START + ",\"n\":\" Kød 😀\\u0000 \"}").action())
        .isEqualTo(new Event("Kød 😀", true));
    assertThat(beacon(START + ",\"n\":\"" + "😀".repeat(120) + "\"}").action())
        .isEqualTo(new Event("😀".repeat(120), true));
  }

  @Test
  void capsTheAgeOfARepeatedBeacon() {
    assertThat(beacon(START + ",\"a\":86400}").age()).isEqualTo(Duration.ofMinutes(10));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'{\"u\":\"https://example.com/\"}' | `d` is missing; send the site's domain",
        "'{\"d\":\"\",\"u\":\"https://example.com/\"}' | `d` is missing",
        "'{\"d\":1,\"u\":\"https://example.com/\"}' | `d` must be a string.",
        "'{\"d\":\"example.com\"}' | `u` is missing; send the page's absolute address.",
        "'{\"d\":\"example.com\",\"u\":null}' | `u` is missing",
        "'{\"d\":\"example.com\",\"u\":[]}' | `u` must be a string.",
        "'{\"d\":\"example.com\",\"u\":\"/a\"}' | `u` must be an absolute http or https address",
        "'{}' | `d` is missing",
        "'[]' | The body is not a JSON object; send one JSON object such as {",
        "'null' | The body is not a JSON object",
        "'\"x\"' | The body is not a JSON object",
        "'' | The body is not JSON; send one JSON object such as {",
        "'{' | The body is not JSON",
        "'{\"d\":\"x\"} {' | The body is not JSON",
        "'{\"d\":\"x\"},' | The body is not JSON",
        "'{\"d\":NaN}' | The body is not JSON",
        "'d=example.com' | The body is not JSON"
      })
  void namesWhatIsWrongWithTheWhole(String body, String detail) {
    assertThat(complaint(body)).startsWith(detail);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"n\":1 | `n` must be a string.",
        "\"n\":\"\" | `n` is empty; name what happened, or leave it out for a page view.",
        "\"n\":\" \\u0000\" | `n` is empty",
        "\"n\":\"engagement\" | An engagement needs `e`, engaged milliseconds, or `sd`, scroll percent.",
        "\"n\":\"engagement\",\"e\":-1 | `e` must be 0 or more.",
        "\"n\":\"engagement\",\"e\":\"1\" | `e` must be a number.",
        "\"n\":\"engagement\",\"e\":1e999 | `e` must be a number.",
        "\"n\":\"engagement\",\"sd\":-1 | `sd` must be 0 or more.",
        "\"n\":\"vitals\" | A report of vitals needs `lcp`, `inp`, `cls` or `ttfb`.",
        "\"n\":\"vitals\",\"lcp\":-1 | `lcp` must be 0 or more.",
        "\"n\":\"vitals\",\"lcp\":1,\"cls\":\"0\" | `cls` must be a number.",
        "\"n\":\"vitals\",\"ttfb\":1e999 | `ttfb` must be a number.",
        "\"n\":\"x\",\"i\":\"no\" | `i` must be true or false.",
        "\"n\":\"x\",\"i\":2 | `i` must be true or false.",
        "\"r\":{} | `r` must be a string.",
        "\"p\":[] | `p` must be a JSON object.",
        "\"p\":\"{}\" | `p` must be a JSON object.",
        "\"p\":{\"a\":{}} | Each value in `p` must be a string, a number, true or false.",
        "\"p\":{\"\":1} | Each name in `p` must be 1 to 300 bytes long.",
        "\"$\":1 | `$` must be a JSON object.",
        "\"$\":{} | `$` must be like {\"amount\": 12.50, \"currency\": \"DKK\"}.",
        "\"$\":{\"amount\":1} | `$` must be like",
        "\"$\":{\"amount\":\"1,5\",\"currency\":\"DKK\"} | `$` must be like",
        "\"$\":{\"amount\":1e300,\"currency\":\"DKK\"} | `$` must be like",
        "\"$\":{\"amount\":1,\"currency\":\"kr.\"} | `$` must be like",
        "\"w\":\"wide\" | `w` must be a number.",
        "\"c\":\"yes\" | `c` must be true or false.",
        "\"k\":7 | `k` must be a string.",
        "\"a\":-1 | `a` must be 0 or more."
      })
  void namesTheKeyThatIsWrong(String keys, String detail) {
    assertThat(complaint(START + "," + keys + "}")).startsWith(detail);
  }

  @Test
  void leavesOutAReferrerThatIsTooLong() {
    assertThat(beacon(START + ",\"r\":\"https://x.example/" + "ø".repeat(1_001) + "\"}").referrer())
        .isNull();
  }

  @Test
  void namesWhatIsTooLong() {
    assertThat(complaint(START + ",\"n\":\"" + "ø".repeat(121) + "\"}"))
        .isEqualTo("`n` must be at most 120 characters long.");
    assertThat(complaint("{\"d\":\"x\",\"u\":\"https://example.com/" + "x".repeat(1_981) + "\"}"))
        .isEqualTo("`u` must be at most 2,000 bytes long.");
    assertThat(complaint("{\"d\":\"" + "x".repeat(254) + "\",\"u\":\"https://example.com/\"}"))
        .isEqualTo("`d` must be at most 253 bytes long.");
    assertThat(complaint(START + ",\"p\":{\"a\":\"" + "x".repeat(2_001) + "\"}}"))
        .isEqualTo("Each value in `p` must be at most 2,000 bytes long.");
  }

  @Test
  void namesTooManyProperties() {
    StringBuilder properties = new StringBuilder("\"0\":0");
    for (int i = 1; i <= 30; i++) {
      properties.append(",\"").append(i).append("\":").append(i);
    }

    assertThat(complaint(START + ",\"p\":{" + properties + "}}"))
        .isEqualTo("`p` must have at most 30 properties.");
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    byte[] bytes = (START + ",\"n\":\"ø\"}").getBytes(StandardCharsets.ISO_8859_1);

    assertThat(complaint(Buffer.buffer(bytes)))
        .isEqualTo("The body is not UTF-8; encode it as UTF-8.");
    assertThat(complaint(Buffer.buffer((START + "}").getBytes(StandardCharsets.UTF_16))))
        .startsWith("The body is not");
  }

  @Test
  void refusesNestingWithoutEnd() {
    assertThat(complaint(START + ",\"x\":" + "[".repeat(30_000)))
        .startsWith("The body is not JSON");
    assertThat(complaint(START + ",\"x\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}"))
        .startsWith("The body is not JSON");
  }

  @Test
  void repeatsNothingOfTheValues() {
    String secret = "kim@example.com";
    for (String key : new String[] {"d", "u", "n", "r", "p", "$", "e", "sd", "i", "w", "c", "a"}) {
      for (String value : new String[] {"[\"%s\"]", "{\"%s\":\"%s\"}", "\"%s\"", "%s"}) {
        String body =
            START + ",\"n\":\"engagement\",\"" + key + "\":" + value.replace("%s", secret) + "}";

        if (BeaconDecoder.decode(Buffer.buffer(body)) instanceof Decoded.Unreadable unreadable) {
          assertThat(unreadable.detail()).as(body).doesNotContain("kim");
        }
      }
    }
  }

  @Test
  void readsTheSameKeysOfAQuery() {
    MultiMap parameters =
        MultiMap.caseInsensitiveMultiMap()
            .add("d", "example.com")
            .add("u", "https://example.com/a")
            .add("n", "Signup")
            .add("p", "{\"plan\":\"yearly\"}")
            .add("$", "{\"amount\":\"12.50\",\"currency\":\"DKK\"}")
            .add("i", "false")
            .add("w", "1280")
            .add("c", "0")
            .add("k", "123")
            .add("a", "5")
            .add("e", "");

    Beacon beacon = (Beacon) BeaconDecoder.decode(parameters);

    assertThat(beacon.action()).isEqualTo(new Event("Signup", false));
    assertThat(beacon.properties()).isEqualTo(Map.of("plan", "yearly"));
    assertThat(beacon.revenue()).isEqualTo(new Revenue(new BigDecimal("12.50"), "DKK"));
    assertThat(beacon.viewportWidth()).isEqualTo(1280);
    assertThat(beacon.consent()).isFalse();
    assertThat(beacon.nonce()).isEqualTo("123");
    assertThat(beacon.age()).isEqualTo(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @CsvSource({
    "e, abc, `e` must be a number.",
    "e, '', 'An engagement needs `e`, engaged milliseconds, or `sd`, scroll percent.'",
    "sd, true, `sd` must be a number.",
    "p, {, `p` must be a JSON object.",
    "u, x, `u` must be an absolute http or https address with a host."
  })
  void namesTheParameterThatIsWrong(String key, String value, String detail) {
    MultiMap parameters =
        MultiMap.caseInsensitiveMultiMap()
            .add("d", "example.com")
            .add("u", "https://example.com/a")
            .add("n", "engagement")
            .add(key.equals("sd") ? "e" : "sd", key.equals("e") ? "" : "1")
            .set(key, value);

    assertThat(BeaconDecoder.decode(parameters)).isEqualTo(new Decoded.Unreadable(detail));
  }

  @Test
  void printsNothingOfWhatItRead() {
    assertThat(beacon(START + ",\"n\":\"Kim\"}")).hasToString("Beacon");
  }

  private static Beacon beacon(String body) {
    assertThat(BeaconDecoder.decode(Buffer.buffer(body))).isInstanceOf(Beacon.class);
    return (Beacon) BeaconDecoder.decode(Buffer.buffer(body));
  }

  private static String complaint(String body) {
    return complaint(Buffer.buffer(body));
  }

  private static String complaint(Buffer body) {
    assertThat(BeaconDecoder.decode(body)).isInstanceOf(Decoded.Unreadable.class);
    return ((Decoded.Unreadable) BeaconDecoder.decode(body)).detail();
  }
}
