package dk.sporlos.account;

import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What a page may load and whom it may ask (https://www.w3.org/TR/CSP3/), as far as a tracker needs
 * it: by lists of hosts, and by nonces.
 */
record ContentPolicy(Map<String, List<String>> sourcesByDirective) {

  static ContentPolicy parse(String text) {
    Map<String, List<String>> directives = new HashMap<>();
    for (String directive : text.split("[;,]", -1)) {
      String[] words = directive.strip().split("\\s+");
      directives.putIfAbsent(
          words[0].toLowerCase(Locale.ROOT), List.of(words).subList(1, words.length));
    }
    return new ContentPolicy(directives);
  }

  /** Whether a page may load a script. */
  boolean loads(URI page, URI script, String nonce) {
    List<String> sources = sources("script-src-elem", "script-src", "default-src");
    boolean given = !nonce.isEmpty() && sources.contains("'nonce-" + nonce + "'");
    boolean byListOfHosts = !sources.contains("'strict-dynamic'");
    return given || (byListOfHosts && allows(sources, page, script));
  }

  /** Whether its scripts may ask an address. */
  boolean asks(URI page, URI address) {
    return allows(sources("connect-src", "default-src"), page, address);
  }

  private List<String> sources(String... directives) {
    return Arrays.stream(directives)
        .map(sourcesByDirective::get)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(List.of("*"));
  }

  private static boolean allows(List<String> sources, URI page, URI address) {
    return sources.stream().anyMatch(source -> allows(source, page, address));
  }

  private static boolean allows(String source, URI page, URI address) {
    String lower = source.toLowerCase(Locale.ROOT);
    String scheme = address.getScheme();
    if (lower.equals("*") || lower.equals(scheme + ":")) {
      return true;
    } else if (lower.equals("'self'")) {
      return origin(page).equals(origin(address));
    } else if (lower.startsWith("'")) {
      return false;
    }
    int scheming = lower.indexOf("://");
    if (scheming >= 0
        && !lower.startsWith(scheme + "://")
        && !(lower.startsWith("http://") && "https".equals(scheme))) {
      return false;
    }
    String rest = scheming < 0 ? lower : lower.substring(scheming + "://".length());
    int slash = rest.indexOf('/');
    String path = slash < 0 ? "" : rest.substring(slash);
    String host = slash < 0 ? rest : rest.substring(0, slash);
    return hostAllows(host, address) && pathAllows(path, address.getPath());
  }

  private static boolean hostAllows(String source, URI address) {
    int colon = source.lastIndexOf(':');
    String name = colon < 0 ? source : source.substring(0, colon);
    String port = colon < 0 ? "" : source.substring(colon + 1);
    String host = address.getHost().toLowerCase(Locale.ROOT);
    boolean named = name.startsWith("*.") ? host.endsWith(name.substring(1)) : host.equals(name);
    return named
        && (port.equals("*") || (port.isEmpty() ? usual(address) : port).equals(port(address)));
  }

  private static boolean pathAllows(String path, String asked) {
    return path.isEmpty() || (path.endsWith("/") ? asked.startsWith(path) : asked.equals(path));
  }

  private static String origin(URI address) {
    return address.getScheme() + "://" + address.getHost() + ":" + port(address);
  }

  private static String port(URI address) {
    return address.getPort() < 0 ? usual(address) : String.valueOf(address.getPort());
  }

  private static String usual(URI address) {
    return "https".equals(address.getScheme()) ? "443" : "80";
  }
}
