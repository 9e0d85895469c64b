package dk.sporlos.settings;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads settings from flags, environment and file, in this order of precedence, and finds all that
 * is wrong with them before it gives up.
 */
public final class SettingsReader {
  private static final String PREFIX = "SPORLOS_";

  private final Collection<Setting<?>> known;
  private final List<String> faults = new ArrayList<>();

  /**
   * @param known every setting that any command has, so that one environment serves all commands
   */
  public SettingsReader(Collection<Setting<?>> known) {
    this.known = List.copyOf(known);
  }

  /**
   * The settings, or null if there were faults.
   *
   * @param flags text of the flags given, by name of the setting
   * @param environment of the process
   * @param file in YAML, keys being names of settings; null if none was named
   */
  public @Nullable Settings read(
      Map<String, String> flags, Map<String, String> environment, @Nullable Path file) {
    Map<String, String> fromFile = file == null ? Map.of() : fromFile(file);
    Map<String, String> fromEnvironment = fromEnvironment(environment);
    Map<Setting<?>, Object> values = new LinkedHashMap<>();
    Set<Setting<?>> said = new HashSet<>();
    for (Setting<?> setting : known) {
      String name = setting.name();
      if (flags.containsKey(name)
          || fromEnvironment.containsKey(name)
          || fromFile.containsKey(name)) {
        said.add(setting);
      }
      if (flags.containsKey(name)) {
        parse(setting, flags.get(name), setting.flag(), values);
      } else if (fromEnvironment.containsKey(name)) {
        parse(setting, fromEnvironment.get(name), setting.variable(), values);
      } else if (fromFile.containsKey(name)) {
        parse(setting, fromFile.get(name), "`" + name + "` in " + file, values);
      } else if (setting.fallback() != null) {
        parse(setting, setting.fallback(), setting.flag(), values);
      }
    }
    return faults.isEmpty() ? new Settings(values, said) : null;
  }

  /** What is wrong, each in one line that names the thing and the remedy. */
  public List<String> faults() {
    return List.copyOf(faults);
  }

  private <T> void parse(
      Setting<T> setting, @Nullable String text, String where, Map<Setting<?>, Object> values) {
    if (text == null) {
      faults.add(where + " has no value; give it one or leave it out");
      return;
    }
    try {
      values.put(setting, setting.parse().apply(text));
    } catch (IllegalArgumentException fault) {
      faults.add(where + ": " + fault.getMessage());
    }
  }

  private Map<String, String> fromEnvironment(Map<String, String> environment) {
    Map<String, Setting<?>> byVariable =
        known.stream().collect(Collectors.toMap(Setting::variable, setting -> setting));
    Map<String, String> texts = new LinkedHashMap<>();
    environment.forEach(
        (variable, text) -> {
          if (!variable.startsWith(PREFIX)) {
            return;
          }
          Setting<?> setting = byVariable.get(variable);
          if (setting == null) {
            faults.add(variable + " is no setting; unset it, or see --help for those there are");
          } else {
            texts.put(setting.name(), text);
          }
        });
    return texts;
  }

  private Map<String, String> fromFile(Path file) {
    Object document;
    try {
      document =
          new Load(LoadSettings.builder().setLabel(file.toString()).build())
              .loadFromString(Files.readString(file));
    } catch (NoSuchFileException missing) {
      faults.add("--config: there is no file " + file);
      return Map.of();
    } catch (MalformedInputException unreadable) {
      faults.add("--config: " + file + " is not UTF-8");
      return Map.of();
    } catch (IOException unreadable) {
      faults.add("--config: " + file + " cannot be read; check that it is a file you may read");
      return Map.of();
    } catch (YamlEngineException fault) {
      faults.add("--config: " + file + " is not YAML" + place(fault));
      return Map.of();
    }
    if (document == null) {
      return Map.of();
    }
    if (!(document instanceof Map<?, ?> entries)) {
      faults.add("--config: " + file + " must hold lines like `listen: 127.0.0.1:8080`");
      return Map.of();
    }
    Map<String, String> texts = new LinkedHashMap<>();
    entries.forEach((key, value) -> readEntry(file, String.valueOf(key), value, texts));
    return texts;
  }

  private void readEntry(Path file, String key, @Nullable Object value, Map<String, String> texts) {
    if (known.stream().noneMatch(setting -> setting.name().equals(key))) {
      faults.add("`" + key + "` in " + file + " is no setting; see --help for those there are");
    } else if (value instanceof List<?> items) {
      texts.put(key, items.stream().map(String::valueOf).collect(Collectors.joining(",")));
    } else if (value instanceof Map<?, ?>) {
      faults.add("`" + key + "` in " + file + " must be a text, a number or a list");
    } else {
      texts.put(key, value == null ? "" : String.valueOf(value));
    }
  }

  private static String place(YamlEngineException fault) {
    if (fault instanceof MarkedYamlEngineException marked && marked.getProblemMark().isPresent()) {
      return " (line " + (marked.getProblemMark().get().getLine() + 1) + ")";
    }
    return "";
  }
}
