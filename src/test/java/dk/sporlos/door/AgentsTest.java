package dk.sporlos.door;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AgentsTest {
  private static final Agents AGENTS = new Agents();

  private static final String CHROME =
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
          + " Chrome/141.0.0.0 Safari/537.36";

  private static final String CHROME_MAC =
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko)"
          + " Chrome/141.0.0.0 Safari/537.36";

  private static final String CHROME_ANDROID =
      "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0"
          + " Mobile Safari/537.36";

  @Test
  void looksNoFurtherThanTheBeginningOfALongAgent() {
    String agent =
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0"
            + " Safari/537.36";

    Client client = AGENTS.read(agent + " a".repeat(200) + " Edg/141.0.0.0", ClientHints.NONE);

    assertThat(client.browser()).isEqualTo("Chrome");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0"
            + "|Firefox|144|Windows|10|Desktop",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
            + " Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0|Edge|141|Windows|10|Desktop",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
            + " Chrome/139.0.0.0 Safari/537.36 OPR/123.0.0.0|Opera|123|Windows|10|Desktop",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0"
            + " Safari/537.36|Chrome|141|Linux||Desktop",
        "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0"
            + "|Firefox|143|Linux||Desktop",
        "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko)"
            + " Chrome/141.0.0.0 Safari/537.36|Chrome|141|ChromeOS||Desktop",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)"
            + " Version/18.6 Safari/605.1.15|Safari|18|macOS|10|Desktop",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like"
            + " Gecko) Version/17.5 Mobile/15E148 Safari/604.1|Safari|17|iOS|17|Mobile",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like"
            + " Gecko) Version/26.1 Mobile/15E148 Safari/604.1|Safari|26|iOS|26|Mobile",
        "Mozilla/5.0 (iPad; CPU OS 17_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
            + " Version/17.6 Mobile/15E148 Safari/604.1|Safari|17|iOS|17|Tablet",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like"
            + " Gecko) CriOS/141.0.7390.41 Mobile/15E148 Safari/604.1|Chrome|141|iOS|18|Mobile",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like"
            + " Gecko) FxiOS/143.0 Mobile/15E148 Safari/605.1.15|Firefox|143|iOS|18|Mobile",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like"
            + " Gecko) GSA/388.0.811331708 Mobile/15E148 Safari/604.1|Google App|388|iOS|18|Mobile",
        "Mozilla/5.0 (Linux; Android 14; SM-S911B) AppleWebKit/537.36 (KHTML, like Gecko)"
            + " SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36"
            + "|Samsung Internet|28|Android|14|Mobile",
        "Mozilla/5.0 (Linux; Android 13; SM-X200) AppleWebKit/537.36 (KHTML, like Gecko)"
            + " Chrome/141.0.0.0 Safari/537.36|Chrome|141|Android|13|Tablet",
        "Mozilla/5.0 (Android 15; Mobile; rv:144.0) Gecko/144.0 Firefox/144.0"
            + "|Firefox|144|Android|15|Mobile",
        "Mozilla/5.0 (Linux; Android 14; Pixel 8; wv) AppleWebKit/537.36 (KHTML, like Gecko)"
            + " Version/4.0 Chrome/141.0.0.0 Mobile Safari/537.36|WebView|141|Android|14|Mobile",
        "Mozilla/5.0 (PlayStation; PlayStation 5/6.00) AppleWebKit/605.1.15 (KHTML, like Gecko)"
            + " Version/13.0 Safari/605.1.15|Safari|13|||Console",
        "Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 (KHTML, like Gecko)"
            + " Chrome/120.0.0.0 Safari/537.36|Chrome|120|||TV",
        "Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko"
            + "|Internet Explorer|11|Windows|7|Desktop",
        "curl/8.5.0|||||",
        "''|||||",
      })
  void readsAgents(
      String agent, String browser, String version, String os, String osVersion, String device) {
    assertThat(AGENTS.read(agent, ClientHints.NONE))
        .isEqualTo(client(browser, version, os, osVersion, device));
  }

  @ParameterizedTest
  @CsvSource({"\"15.0.0\", 11", "\"13.0.0\", 11", "\"10.0.0\", 10", "\"0.1.0\", ''", "'', 10"})
  void tellsWindows11ByTheHint(String platformVersion, String osVersion) {
    ClientHints hints = hints("Google Chrome", "?0", "Windows", platformVersion);

    assertThat(AGENTS.read(CHROME, hints))
        .isEqualTo(client("Chrome", "141", "Windows", osVersion, "Desktop"));
  }

  @Test
  void readsTrueVersionsFromHintsWhereAgentsAreFrozen() {
    assertThat(AGENTS.read(CHROME_MAC, hints("Google Chrome", "?0", "macOS", "\"26.1.0\"")))
        .isEqualTo(client("Chrome", "141", "macOS", "26", "Desktop"));
    assertThat(AGENTS.read(CHROME_ANDROID, hints("Google Chrome", "?1", "Android", "\"16.0.0\"")))
        .isEqualTo(client("Chrome", "141", "Android", "16", "Mobile"));
  }

  @Test
  void findsBrowsersThatHideAsChromeByTheirBrand() {
    ClientHints hints = hints("Brave", "?0", "Windows", "");

    assertThat(AGENTS.read(CHROME, hints))
        .isEqualTo(client("Brave", "141", "Windows", "10", "Desktop"));
  }

  @Test
  void doesNotBelieveHintsOfAnotherSystem() {
    assertThat(AGENTS.read(CHROME, hints("Google Chrome", "?0", "macOS", "\"26.1.0\"")).os())
        .isEqualTo("Windows");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "secret-4711bot/12345 (+https://secret.example)",
        "Secret4711/987654321 CFNetwork/1 Darwin/2",
        "Mozilla/5.0 (SecretOS 4711; rv:1) Secret4711Browser/4711.4711",
        "Mozilla/5.0 (Linux; Android 4711; Secret) Chrome/98765432.0 Mobile Safari/537.36",
      })
  void letsNothingOutOfAnAgentThatItsOwnListsDoNotHave(String agent) {
    Client client =
        AGENTS.read(agent, new ClientHints("\"Secret\";v=\"4711\"", "?x", "\"Secret\"", "4711"));

    assertThat(client.toString()).doesNotContainIgnoringCase("secret").doesNotContain("4711");
    assertThat(client.browserVersion()).hasSizeLessThan(4);
    assertThat(client.osVersion()).hasSizeLessThan(4);
  }

  private static ClientHints hints(String brand, String mobile, String system, String version) {
    return new ClientHints(
        "\"" + brand + "\";v=\"141\", \"Not?A_Brand\";v=\"8\", \"Chromium\";v=\"141\"",
        mobile,
        "\"" + system + "\"",
        version);
  }

  private static Client client(
      String browser, String version, String os, String osVersion, String device) {
    return new Client(
        orEmpty(browser),
        orEmpty(version),
        orEmpty(os),
        orEmpty(osVersion),
        orEmpty(device),
        "",
        "");
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
