package dk.sporlos.door;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dk.sporlos.door.AgentPatterns.Named;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells programs from browsers by their agent strings. */
final class ProgramAgents {
  private static final int CACHED_AGENTS = 10_000;

  /** The agent string is empty. */
  static final String NO_AGENT = "no-agent";

  /** It says that it is a program, of no family that is known. */
  static final String OTHER = "other";

  /** It is not one that a browser has. */
  static final String NO_BROWSER = "no-browser";

  /*
   * https://compat.spec.whatwg.org/#ua-string-section: the agent of every browser that is made today
   * has Mozilla/5.0, its platform in brackets, and behind them its engine with a version. Apps put
   * words of their own before the brackets, or in the place of Mozilla. Browsers that say less are
   * older than what the tracker needs.
   */
  private static final Pattern BROWSER =
      Pattern.compile(
          "(?!.*Mozilla/(?!5\\.0))[^(]*\\(.*"
              + "(?:AppleWebKit|Gecko|Goanna|KHTML|Presto|Servo|Trident)/[0-9]",
          Pattern.CASE_INSENSITIVE);

  /** Words of people's browsers, apps and devices, in which patterns find what is not meant. */
  private static final Pattern OF_PEOPLE =
      Pattern.compile(
          "Sogou(?:MSE|MobileBrowser)|NewsArticle|newsbreak/|Google Earth|GoogleTV|google_ios"
              + "|com\\.google\\.\\w+|\\b(?i:cubot)|\\bws:[0-9|.]+"
              + "|UltraBlock/[0-9.]+ \\(https://ultrablock\\.org\\)");

  private final AgentPatterns families;
  private final AgentPatterns programs;

  /** Agent strings and what is wrong with them, empty if nothing is; never beyond this object. */
  private final Cache<String, String> findings =
      Caffeine.newBuilder()
          .maximumSize(CACHED_AGENTS)
          .executor(Runnable::run)
          .recordStats()
          .build();

  /**
   * @param families crawlers of known names, in the case in which they write them
   * @param programs regular expressions, letters in any case
   */
  ProgramAgents(List<Named> families, List<String> programs) {
    this.families = new AgentPatterns(families, /* anyCase= */ false);
    this.programs =
        new AgentPatterns(
            programs.stream().map(pattern -> new Named(OTHER, pattern)).toList(),
            /* anyCase= */ true);
  }

  /** A family, or one of the words above; null if the agent is a browser's. */
  @Nullable String finding(String agent) {
    if (agent.isEmpty()) {
      return NO_AGENT;
    }
    String finding = findings.get(agent, this::find);
    return finding.isEmpty() ? null : finding;
  }

  /** What is remembered of agent strings; for its figures. */
  Cache<String, String> cache() {
    return findings;
  }

  private String find(String agent) {
    String text = OF_PEOPLE.matcher(agent).replaceAll("");
    String family = families.find(text);
    if (family == null) {
      family = programs.find(text);
    }
    if (family == null && !BROWSER.matcher(agent).lookingAt()) {
      family = NO_BROWSER;
    }
    return family == null ? "" : family;
  }
}
