package dk.sporlos.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The flags of a benchmark, as in {@code --seconds 20 --connections 8,64}. */
public final class Arguments {
  private final Map<String, String> values = new HashMap<>();

  private Arguments() {}

  /** Reads flags; ends the process with a message if one is not known. */
  public static Arguments parse(String usage, Map<String, String> fallbacks, String... arguments) {
    Arguments parsed = new Arguments();
    parsed.values.putAll(fallbacks);
    for (int i = 0; i < arguments.length; i++) {
      String name = arguments[i].startsWith("--") ? arguments[i].substring(2) : "";
      if (!fallbacks.containsKey(name) || i + 1 == arguments.length) {
        System.err.printf(
            "%s%nflags, each followed by a value: %s%n", usage, new TreeSet<>(fallbacks.keySet()));
        System.exit(2);
      }
      parsed.values.put(name, arguments[++i]);
    }
    return parsed;
  }

  public String text(String name) {
    @Nullable String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no flag --" + name);
    }
    return value;
  }

  public int number(String name) {
    return Integer.parseInt(text(name));
  }

  List<Integer> numbers(String name) {
    return text(name).isEmpty()
        ? List.of()
        : Stream.of(text(name).split(",", -1)).map(Integer::valueOf).toList();
  }
}
