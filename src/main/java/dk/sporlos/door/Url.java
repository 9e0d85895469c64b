package dk.sporlos.door;

import dk.sporlos.site.HostName;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An absolute http or https address as a browser shows it, taken apart. Parts are as they were sent
 * and may name a person: {@link Cleaning} makes of them what is kept.
 *
 * @param host canonical name, or an IPv6 literal in brackets; empty only between decoder and door,
 *     where a tracker names none
 * @param path percent-encoded; empty, or begins with a slash
 * @param query percent-encoded, without its question mark; null if there is none
 * @param fragment percent-encoded, without its number sign; null if there is none
 */
record Url(String host, String path, @Nullable String query, @Nullable String fragment) {

  /*
   * Not java.net.URI: browsers leave characters such as | and [ unescaped in paths and queries, and
   * URI refuses those addresses whole.
   */
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*");

  private static final Pattern LITERAL = Pattern.compile("\\[[0-9a-f:.]+]");
  private static final int LONGEST_PORT = 5;

  Url {
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(path, "path");
  }

  /** Null if the text is no absolute http or https address with a host. */
  static @Nullable Url parse(String text) {
    String url = text.strip();
    int start = afterScheme(url);
    if (start < 0) {
      return null;
    }
    int authorityEnd = indexOfAny(url, "/?#", start);
    String host = host(url.substring(start, authorityEnd));
    if (host == null) {
      return null;
    }
    int fragment = indexOfAny(url, "#", authorityEnd);
    int question = Math.min(indexOfAny(url, "?", authorityEnd), fragment);
    return new Url(
        host,
        url.substring(authorityEnd, question),
        question == fragment ? null : url.substring(question + 1, fragment),
        fragment == url.length() ? null : url.substring(fragment + 1));
  }

  /** A path on the site's own host, which {@link #on} fills in. */
  static Url onSite(String path) {
    Url url = Url.parse("https://site" + path);
    return url == null
        ? new Url("", "/", null, null)
        : new Url("", url.path(), url.query(), url.fragment());
  }

  /** The same address, on a host if it had none. */
  Url on(String site) {
    return host.isEmpty() ? new Url(site, path, query, fragment) : this;
  }

  /** The same with another query. */
  Url withQuery(@Nullable String other) {
    return new Url(host, path, other, fragment);
  }

  /**
   * The same with the path in its fragment as part of its own, for pages that are told apart by it.
   * A fragment that is no path stays one, which says nothing.
   */
  Url routed() {
    if (fragment == null || !(fragment.startsWith("/") || fragment.startsWith("!/"))) {
      return this;
    }
    int question = fragment.indexOf('?');
    String route = question < 0 ? fragment : fragment.substring(0, question);
    String ofRoute = question < 0 ? null : fragment.substring(question + 1);
    String both = query == null ? ofRoute : ofRoute == null ? query : query + "&" + ofRoute;
    return new Url(host, (path.isEmpty() ? "/" : path) + "#" + route, both, null);
  }

  /**
   * The host of an absolute address of any scheme, as in {@code android-app://com.example.mail/};
   * null if it has none.
   */
  static @Nullable String hostOf(String text) {
    String url = text.strip();
    int scheme = url.indexOf("://");
    if (scheme <= 0 || !SCHEME.matcher(url.substring(0, scheme)).matches()) {
      return null;
    }
    int start = scheme + "://".length();
    return host(url.substring(start, indexOfAny(url, "/?#", start)));
  }

  private static int afterScheme(String url) {
    for (String scheme : new String[] {"https://", "http://"}) {
      if (url.regionMatches(/* ignoreCase= */ true, 0, scheme, 0, scheme.length())) {
        return scheme.length();
      }
    }
    return -1;
  }

  /** The first place at which one of some characters stands, or the length. */
  private static int indexOfAny(String text, String characters, int from) {
    for (int i = from; i < text.length(); i++) {
      if (characters.indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return text.length();
  }

  /** The host of an authority, without user information and port. */
  private static @Nullable String host(String authority) {
    String hostAndPort = authority.substring(authority.lastIndexOf('@') + 1);
    int colon = hostAndPort.lastIndexOf(':');
    boolean bare = colon < 0 || hostAndPort.endsWith("]") || !isPort(hostAndPort, colon + 1);
    String host = HostName.canonical(bare ? hostAndPort : hostAndPort.substring(0, colon));
    boolean valid = isName(host) || (host.startsWith("[") && LITERAL.matcher(host).matches());
    return valid && host.length() <= HostName.MAXIMUM_LENGTH ? host : null;
  }

  private static boolean isPort(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      if (!Digits.isDigit(text, i)) {
        return false;
      }
    }
    return text.length() - from <= LONGEST_PORT;
  }

  /** Whether a text is labels with a dot between each two: every beacon has one or two hosts. */
  private static boolean isName(String text) {
    char before = '.';
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean ofLabel = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
      if (!ofLabel && (c != '.' || before == '.')) {
        return false;
      }
      before = c;
    }
    return before != '.';
  }

  @Override
  public String toString() {
    return "Url";
  }
}
