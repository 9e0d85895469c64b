package dk.sporlos.door;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The hosts of known sources of one kind. */
final class SourceHosts {

  /*
   * A host of the list may have a path behind it, and {} for a country: behind the name where a
   * country's domain stands (google.{} is google.dk, google.co.uk, google.com.br), before it where
   * a subdomain does ({}.search.yahoo.com).
   */
  private static final String ANY_COUNTRY = "{}";

  private static final Pattern COUNTRY_BEHIND =
      Pattern.compile("(.+?)\\.(?:(?:com|co|org|net)\\.)?[a-z]{2}");

  private static final Pattern COUNTRY_BEFORE = Pattern.compile("[a-z]{2}(?:-[a-z]{2})?\\.(.+)");

  private final Map<String, String> nameByHost = new HashMap<>();

  /** For the hosts that have paths behind them: the name of a source by each path. */
  private final Map<String, Map<String, String>> nameByPathByHost = new HashMap<>();

  private final boolean withSubdomains;

  /**
   * @param nameByPage the name of a source by each of its hosts, or hosts and paths
   * @param withSubdomains whether a host stands for its subdomains, too
   */
  SourceHosts(Map<String, String> nameByPage, boolean withSubdomains) {
    nameByPage.forEach(this::enter);
    this.withSubdomains = withSubdomains;
  }

  private void enter(String page, String name) {
    int slash = page.indexOf('/');
    if (slash < 0) {
      nameByHost.put(page, name);
    } else {
      nameByPathByHost
          .computeIfAbsent(page.substring(0, slash), host -> new HashMap<>())
          .put(page.substring(slash), name);
    }
  }

  /** The names of all sources. */
  Collection<String> names() {
    return Stream.concat(
            nameByHost.values().stream(),
            nameByPathByHost.values().stream().flatMap(names -> names.values().stream()))
        .distinct()
        .toList();
  }

  /**
   * The source that a page is of; null if it is of none.
   *
   * @param host without a leading {@code www.}
   */
  @Nullable String find(String host, String path) {
    String candidate = host;
    while (true) {
      String name = findHost(candidate, path);
      int dot = candidate.indexOf('.');
      if (name != null || !withSubdomains || dot < 0) {
        return name;
      }
      candidate = candidate.substring(dot + 1);
    }
  }

  private @Nullable String findHost(String host, String path) {
    String name = findSpelling(host, path);
    if (name == null) {
      Matcher behind = COUNTRY_BEHIND.matcher(host);
      name = behind.matches() ? findSpelling(behind.group(1) + "." + ANY_COUNTRY, path) : null;
    }
    if (name == null) {
      Matcher before = COUNTRY_BEFORE.matcher(host);
      name = before.matches() ? findSpelling(ANY_COUNTRY + "." + before.group(1), path) : null;
    }
    return name;
  }

  private @Nullable String findSpelling(String host, String path) {
    for (Map.Entry<String, String> page :
        nameByPathByHost.getOrDefault(host, Map.of()).entrySet()) {
      if (isWithin(path, page.getKey())) {
        return page.getValue();
      }
    }
    return nameByHost.get(host);
  }

  /** Whether a path is that of a page or below it. */
  private static boolean isWithin(String path, String page) {
    return path.startsWith(page)
        && (path.length() == page.length()
            || page.endsWith("/")
            || path.charAt(page.length()) == '/');
  }
}
