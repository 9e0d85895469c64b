package dk.sporlos.privacy;

import dk.sporlos.page.Resources;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** One entry of a YAML file that was packed into the jar: a mapping, of which each key is used. */
final class Yaml {
  private final String file;
  private final Map<String, Object> entries = new LinkedHashMap<>();

  private Yaml(String file, @Nullable Object entry) {
    this.file = file;
    if (!(entry instanceof Map<?, ?> map)) {
      throw new IllegalStateException(file + ": '" + entry + "' is no mapping");
    }
    map.forEach((key, value) -> entries.put(String.valueOf(key), value == null ? "" : value));
  }

  /** The entries of a file that is a list of mappings. */
  static List<Yaml> read(String file) {
    String text = new String(Resources.read(Yaml.class, file), StandardCharsets.UTF_8);
    return list(file, new Load(LoadSettings.builder().setLabel(file).build()).loadFromString(text));
  }

  private static List<Yaml> list(String file, @Nullable Object document) {
    if (!(document instanceof List<?> items)) {
      throw new IllegalStateException(file + ": '" + document + "' is no list");
    }
    return items.stream().map(item -> new Yaml(file, item)).toList();
  }

  /** A text that must be there. */
  String text(String key) {
    Object value = entries.get(key);
    if (value == null) {
      throw new IllegalStateException(file + ": an entry lacks '" + key + "': " + entries);
    }
    return String.valueOf(value).strip();
  }

  /** Whether a key is there and true. */
  boolean is(String key) {
    return Boolean.TRUE.equals(entries.get(key));
  }

  /** The mappings of a list that must be there. */
  List<Yaml> list(String key) {
    return list(file, entries.get(key));
  }

  /** The texts of a list; none if it is not there. */
  List<String> texts(String key) {
    return entries.get(key) instanceof List<?> items
        ? items.stream().map(String::valueOf).toList()
        : List.of();
  }

  /** Lists of texts by name; none if the key is not there. */
  Map<String, List<String>> lists(String key) {
    Map<String, List<String>> lists = new LinkedHashMap<>();
    if (entries.containsKey(key)) {
      Yaml map = new Yaml(file, entries.get(key));
      map.entries.keySet().forEach(name -> lists.put(name, map.texts(name)));
    }
    return lists;
  }

  /** Every key there is. */
  List<String> keys() {
    return List.copyOf(entries.keySet());
  }
}
