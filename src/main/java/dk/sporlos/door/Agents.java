package dk.sporlos.door;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import ua_parser.OS;
import ua_parser.Parser;
import ua_parser.UserAgent;

/** Reads browser, operating system and device out of agent strings and client hints. */
final class Agents {

  /*
   * The expressions are ua-parser's, which are many and take half a second to compile; so that is
   * done once, while the rest of the process starts. Most of them are for models of devices, which
   * nobody asks for here: they are left out, which halves time and memory. Their time may grow with
   * the square of the agent's length, so the end of a long one is not looked at.
   *
   * Some families are made of the agent's own words, so only names of our own lists leave this class,
   * and versions are a few digits: an agent string cannot say more than that.
   */
  private static final String EXPRESSIONS = "/ua_parser/regexes.yaml";
  private static final String OF_DEVICES = "\ndevice_parsers:";
  private static final String VERSION = "[0-9]{1,3}";
  private static final int LOOKED_AT = 300;

  private static final CompletableFuture<Parser> PARSER =
      CompletableFuture.supplyAsync(Agents::load);

  // Since this version, an agent of Safari says an older iOS; its own version is that of iOS.
  private static final int SAFARI_OF_IOS_SINCE = 26;

  private final Map<String, String> browsers = NameList.read("browsers.txt", ", ");
  private final Map<String, String> systems = NameList.read("systems.txt", ", ");

  /** Begins to compile the expressions, if nobody has yet. */
  static void prepare() {
    // The first use of this class does it.
  }

  /**
   * Waits until the expressions are compiled.
   *
   * @throws java.util.concurrent.CompletionException if they cannot be
   */
  static void await() {
    PARSER.join();
  }

  /**
   * Browser, operating system and device. Waits for the expressions, should they not be read yet;
   * then takes about a millisecond.
   */
  Client read(String agent, ClientHints hints) {
    Parser expressions = PARSER.join();
    String beginning = agent.length() <= LOOKED_AT ? agent : agent.substring(0, LOOKED_AT);
    UserAgent userAgent = expressions.parseUserAgent(beginning);
    String family = browsers.getOrDefault(userAgent.family, "");
    Software browser =
        HintedSoftware.browser(hints, new Software(family, version(family, userAgent.major)));
    OS os = expressions.parseOS(beginning);
    String osFamily = systems.getOrDefault(os.family, "");
    Software system =
        HintedSoftware.system(hints, new Software(osFamily, version(osFamily, os.major)));
    return new Client(
        browser.name(),
        browser.version(),
        system.name(),
        iosVersion(browser, system),
        DeviceClass.of(agent, hints).label(),
        /* screen= */ "",
        /* language= */ "");
  }

  /** A name and a major version, each empty where it is not known. */
  record Software(String name, String version) {}

  private static String version(String family, @Nullable String major) {
    return !family.isEmpty() && major != null && major.matches(VERSION) ? major : "";
  }

  private static String iosVersion(Software browser, Software system) {
    boolean safari = system.name().equals("iOS") && browser.name().equals("Safari");
    return safari && number(browser) >= SAFARI_OF_IOS_SINCE ? browser.version() : system.version();
  }

  private static int number(Software software) {
    return software.version().isEmpty() ? 0 : Integer.parseInt(software.version());
  }

  private static Parser load() {
    try (InputStream file = Parser.class.getResourceAsStream(EXPRESSIONS)) {
      if (file == null) {
        throw new IllegalStateException(EXPRESSIONS + " is missing from the class path");
      }
      String all = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      int devices = all.indexOf(OF_DEVICES);
      String needed = all.substring(0, devices < 0 ? all.length() : devices) + OF_DEVICES + " []\n";
      return new Parser(new ByteArrayInputStream(needed.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + EXPRESSIONS, e);
    }
  }
}
