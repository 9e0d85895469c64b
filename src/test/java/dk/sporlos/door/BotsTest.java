package dk.sporlos.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BotsTest {
  private static final Bots SHIPPED = Bots.shipped();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
        "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2)",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/120.0 Safari/537.36",
        "curl/8.5.0",
        "Wget/1.21",
        "python-requests/2.31.0",
        "Go-http-client/1.1"
      })
  void knowsPrograms(String agent) {
    assertThat(SHIPPED.includes(agent)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36"
      })
  void takesBrowsersForPeople(String agent) {
    assertThat(SHIPPED.includes(agent)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Alphabot\\/ | x Alphabot/1 | true",
        "Alphabot\\/ | Alphabot | false",
        "Alphabot\\/ | alphabot/1 | false",
        "a\\.b c | xa.b cx | true",
        "a\\.b c | axb c | false",
        "^curl | curl/8 | true",
        "^curl | libcurl/8 | false",
        "[wW]get | Wget | true",
        "Bot$ | a Bot | true",
        "Bot$ | a Bot 1 | false",
        "Y! | xY!x | true",
        "\\d\\d | 42 | true"
      })
  void readsAPatternAsTheRegularExpressionItIs(String pattern, String agent, boolean bot) {
    Bots bots = Bots.of(List.of("# remark", "", "unlike any agent", pattern));

    assertThat(bots.includes(agent)).isEqualTo(bot);
    assertThat(bots.includes(agent)).isEqualTo(bot);
  }

  @Test
  void keepsTheAlternativesOfAPatternTogether() {
    Bots bots = Bots.of(List.of("One|Two$", "Three"));

    assertThat(bots.includes("One 1")).isTrue();
    assertThat(bots.includes("Two")).isTrue();
    assertThat(bots.includes("Two 2")).isFalse();
    assertThat(bots.includes("Three")).isTrue();
  }

  @Test
  void takesNobodyForAProgramWithoutPatterns() {
    assertThat(Bots.of(List.of()).includes("curl/8.5.0")).isFalse();
  }
}
