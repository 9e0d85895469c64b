package dk.sporlos.door;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Lists of real agent strings of which others have said what they are. */
final class KnownAgents {

  /** Some of the files repeat themselves by hundreds of aliases. */
  private static final int MOST_ALIASES = 100_000;

  /** An agent string and what Yauaa's own tests, in a file of that name, say of it. */
  record Told(String file, String agent, String device, String kind) {}

  private KnownAgents() {}

  /** Crawlers: the examples of npm {@code crawler-user-agents}. */
  static Set<String> crawlers() {
    return fetched("crawlers.txt");
  }

  /** Visitors of websites: npm {@code user-agents}, which repeats what is frequent. */
  static Set<String> people() {
    return fetched("people.txt");
  }

  private static Set<String> fetched(String name) {
    Path list = Path.of("target", "agents", name);
    try {
      return new LinkedHashSet<>(Files.readAllLines(list));
    } catch (IOException missing) {
      throw new UncheckedIOException(
          list + " is missing; fetch it: npm ci && npm run build, in directory lists", missing);
    }
  }

  /** Agent strings of all kinds that Yauaa, which tells clients apart, is tested with. */
  static List<Told> ofYauaa() {
    URL one =
        Objects.requireNonNull(
            KnownAgents.class.getResource("/UserAgents/Robots.yaml"), "Yauaa is on the class path");
    List<Told> told = new ArrayList<>();
    try {
      JarFile jar = ((JarURLConnection) one.openConnection()).getJarFile();
      for (JarEntry entry : jar.stream().toList()) {
        if (entry.getName().matches("UserAgents/[^/]+\\.yaml")) {
          try (InputStream yaml = jar.getInputStream(entry)) {
            read(entry.getName(), new String(yaml.readAllBytes(), StandardCharsets.UTF_8), told);
          }
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return told;
  }

  private static void read(String name, String yaml, List<Told> told) {
    Object document =
        new Load(LoadSettings.builder().setMaxAliasesForCollections(MOST_ALIASES).build())
            .loadFromString(yaml);
    if (document instanceof Map<?, ?> file && file.get("config") instanceof List<?> rules) {
      for (Object rule : rules) {
        if (rule instanceof Map<?, ?> map && map.get("test") instanceof Map<?, ?> test) {
          read(name, test, told);
        }
      }
    }
  }

  private static void read(String name, Map<?, ?> test, List<Told> told) {
    if (test.get("input") instanceof Map<?, ?> input
        && test.get("expected") instanceof Map<?, ?> expected) {
      Object agent = input.get("user_agent_string");
      Object header = agent == null ? input.get("User-Agent") : agent;
      if (header != null) {
        told.add(
            new Told(
                name,
                header.toString(),
                String.valueOf(expected.get("DeviceClass")),
                String.valueOf(expected.get("AgentClass"))));
      }
    }
  }
}
