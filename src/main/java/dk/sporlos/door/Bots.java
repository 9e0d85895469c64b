package dk.sporlos.door;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Tells programs from people by their agent string. */
public final class Bots {
  private static final String LIST = "crawlers.txt";
  private static final int CACHED_AGENTS = 10_000;

  private final AgentPatterns patterns;

  /** Agent strings and the answer; in memory, and never beyond this object. */
  private final Cache<String, Boolean> botsByAgent;

  private Bots(List<String> patterns) {
    this.patterns = new AgentPatterns(patterns);
    this.botsByAgent =
        Caffeine.newBuilder().maximumSize(CACHED_AGENTS).executor(Runnable::run).build();
  }

  /** With the list that is shipped. */
  public static Bots shipped() {
    try (InputStream list = Bots.class.getResourceAsStream(LIST)) {
      if (list == null) {
        throw new IllegalStateException(
            LIST + " is missing; build it: npm ci && npm run build, in directory lists");
      }
      return of(
          new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8)).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + LIST, e);
    }
  }

  /** With a list of regular expressions, one a line; {@code #} begins a remark. */
  static Bots of(List<String> lines) {
    return new Bots(
        lines.stream().filter(line -> !line.isEmpty() && !line.startsWith("#")).toList());
  }

  /** Whether the agent is a program; one that does not say what it is, is. */
  boolean includes(String agent) {
    return agent.isEmpty() || botsByAgent.get(agent, patterns::find);
  }
}
