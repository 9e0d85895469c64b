package dk.sporlos.door;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sources that are known by name: search engines, social networks and the like. */
final class KnownSources {

  /**
   * A source.
   *
   * @param kind null if it is of none that is known
   */
  record Known(@Nullable SourceKind kind, String name) {}

  private static final String TAGS = "source-tags.txt";

  private final Map<SourceKind, SourceHosts> hosts = new EnumMap<>(SourceKind.class);
  private final Map<String, SourceKind> kindByName = new HashMap<>();
  private final Map<String, String> nameByTag = new HashMap<>();

  /** Those of the lists that are shipped. */
  KnownSources() {
    for (SourceKind kind : SourceKind.values()) {
      SourceHosts ofKind = kind.hosts();
      hosts.put(kind, ofKind);
      for (String name : ofKind.names()) {
        kindByName.putIfAbsent(name, kind);
        nameByTag.putIfAbsent(tag(name), name);
      }
    }
    NameList.read(TAGS, " ").forEach((tag, name) -> nameByTag.put(tag, name));
  }

  /**
   * The source that a page is of; null if it is of none that is known.
   *
   * @param host without a leading {@code www.}
   */
  @Nullable Known find(String host, String path) {
    for (Map.Entry<SourceKind, SourceHosts> entry : hosts.entrySet()) {
      String name = entry.getValue().find(host, path);
      if (name != null) {
        return new Known(entry.getKey(), name);
      }
    }
    return null;
  }

  /**
   * The name that people mean by a tag, as in {@code fb}; null if it is none that is known.
   *
   * @param text as somebody wrote it
   */
  @Nullable String named(String text) {
    return nameByTag.get(tag(text));
  }

  /** What a source of a name is; null if it is of no kind that is known. */
  @Nullable SourceKind kind(String name) {
    return kindByName.get(name);
  }

  private static String tag(String text) {
    return text.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", "+");
  }
}
