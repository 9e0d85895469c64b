package dk.sporlos.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProgramAgentsTest {
  private static final ProgramAgents SHIPPED = shipped();
  private static final String BROWSER =
      "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

  static ProgramAgents shipped() {
    return Bots.agents(ShippedList.read("crawlers.txt"), ShippedList.read("programs.txt"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | no-agent",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html) | Googlebot",
        "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) | bingbot",
        "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/) | AhrefsBot",
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2) | GPTBot",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/120.0 Safari/537.36 | HeadlessChrome",
        "curl/8.5.0 | curl",
        "Wget/1.21 | wget",
        "python-requests/2.31.0 | python-requests",
        "Go-http-client/1.1 | Go-http-client",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Nosuchcrawler/1 | other",
        "Mozilla/9.9 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/68.0 | no-browser",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) | no-browser",
        "Mozilla/4.0 (compatible; MSIE 6.0; Windows NT 5.1) | no-browser"
      })
  void knowsPrograms(String agent, String family) {
    assertThat(SHIPPED.finding(agent)).isEqualTo(family);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
        BROWSER,
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36",
        "Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko",
        "Mozilla/5.0 (Mobile; LYF/F300B/LYF-F300B-001-01-15-130718-i;Android; rv:48.0) Gecko/48.0 Firefox/48.0 KAIOS/2.5",
        "Opera/9.80 (Android; Opera Mini/36.2.2254/119.132; U; id) Presto/2.12.423 Version/12.16"
      })
  void takesBrowsersForPeople(String agent) {
    assertThat(SHIPPED.finding(agent)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Mozilla/5.0 (Linux; Android 15; CPH2557 Build/AP3A.240617.008; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/142.0.7444.142 Mobile Safari/537.36 Instagram 406.0.0.58.159 Android (35/15; 480dpi; 1080x2400; OPPO; CPH2557; OP573DL1; mt6833; en_MY; 822918295; IABMV/1) NV/1",
        "Mozilla/5.0 (Linux; Android 16; Pixel 10 Build/CP1A.260305.018; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/146.0.7680.174 Mobile Safari/537.36 MetaIAB Facebook",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [FBAN/FBIOS;FBAV/500.0.0.50.107;FBBV/700000000;FBDV/iPhone15,2;FBMD/iPhone;FBSN/iOS;FBSV/18.5;FBSS/3;FBID/phone;FBLC/da_DK;FBOP/5]",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 26_6_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) GSA/439.4.980558000 Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (Linux; U; Android 4.2.1; zh-cn; G610 Build/G610) AppleWebKit/534.30 (KHTML, like Gecko) Version/4.0 Mobile Safari/534.30 SogouMSE,SogouMobileBrowser/4.0.0",
        "Mozilla/5.0 (Linux; Android 14; SM-F946U1 Build/UP1A.231005.007; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0.6478.186 Safari/537.36 newsbreak/24.30.1",
        "QwantMobile/3.3 (Android 10; Mobile; rv:68.0) Gecko/68.0 QwantBrowser Firefox/68.0.2",
        "Mozilla/5.0 Delfi/504.53.0 EmbeddedBrowser (iPad; CPU OS 12_3_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
        "Mozilla/5.0 (Linux; Android 6.0; CUBOT_NOTE_S Build/MRA58K; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/64.0.3282.137 Mobile Safari/537.36"
      })
  void takesTheBrowsersWithinAppsForPeople(String agent) {
    assertThat(SHIPPED.finding(agent)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Alphabot\\/ ; x Alphabot/1 ; true",
        "Alphabot\\/ ; Alphabot ; false",
        "Alphabot\\/ ; alphabot/1 ; false",
        "a\\.b c ; xa.b cx ; true",
        "a\\.b c ; axb c ; false",
        "^curl ; curl/8 ; true",
        "^curl ; libcurl/8 ; false",
        "^\\(a|b\\) ; xb) ; true",
        "^curl|wget ; a wget/8 ; true",
        "^(curl|wget) ; a wget/8 ; false",
        "^(curl|wget) ; wget/8 ; true",
        "[wW]get ; Wget ; true",
        "Bot$ ; a Bot ; true",
        "Bot$ ; a Bot 1 ; false",
        "Y! ; xY!x ; true",
        "\\d\\d ; 42 ; true"
      })
  void readsAPatternAsTheRegularExpressionItIs(String pattern, String agent, boolean found) {
    AgentPatterns patterns = patterns(false, "unlike any agent", pattern);

    assertThat(patterns.find(agent)).isEqualTo(found ? pattern : null);
  }

  @ParameterizedTest
  @CsvSource({"Spider, a SPIDER", "SPIDER, spider", "^Bot|x, bOT", "daum[ /], Daum/"})
  void findsAPatternInAnyCaseWhereCaseDoesNotMatter(String pattern, String agent) {
    assertThat(patterns(true, pattern).find(agent)).isEqualTo(pattern);
    assertThat(patterns(false, pattern).find(agent)).isNull();
  }

  @Test
  void keepsTheAlternativesOfAPatternTogether() {
    AgentPatterns patterns = patterns(false, "One|Two$", "Three");

    assertThat(patterns.find("One 1")).isEqualTo("One|Two$");
    assertThat(patterns.find("Two")).isEqualTo("One|Two$");
    assertThat(patterns.find("Two 2")).isNull();
    assertThat(patterns.find("Three")).isEqualTo("Three");
  }

  @Test
  void namesTheLongestOfTheWordsThatStandFirst() {
    AgentPatterns patterns = patterns(false, "bot", "Googlebot", "Googlebot-Image");

    assertThat(patterns.find("Googlebot-Image/1.0 bot")).isEqualTo("Googlebot-Image");
    assertThat(patterns.find("a bot, Googlebot")).isEqualTo("bot");
  }

  @Test
  void remembersWhatItFound() {
    ProgramAgents agents = new ProgramAgents(List.of(), List.of("Firefox"));

    assertThat(agents.finding(BROWSER)).isEqualTo(agents.finding(BROWSER)).isEqualTo("other");
    assertThat(agents.cache().stats().hitCount()).isEqualTo(1);
  }

  @Test
  void findsNothingInABrowserWithoutPatterns() {
    assertThat(new ProgramAgents(List.of(), List.of()).finding(BROWSER)).isNull();
  }

  private static AgentPatterns patterns(boolean anyCase, String... patterns) {
    return new AgentPatterns(
        Arrays.stream(patterns).map(p -> new AgentPatterns.Named(p, p)).toList(), anyCase);
  }
}
