package dk.sporlos.door;

import dk.sporlos.site.HostName;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An absolute http or https address as a browser shows it, taken apart. Parts are as they were sent
 * and may name a person: {@link Cleaning} makes of them what is kept.
 *
 * @param host canonical name, or an IPv6 literal in brackets
 * @param path percent-encoded; empty, or begins with a slash
 * @param query percent-encoded, without its question mark; null if there is none
 * @param fragment percent-encoded, without its number sign; null if there is none
 */
record Url(String host, String path, @Nullable String query, @Nullable String fragment) {

  /*
   * Not java.net.URI: browsers leave characters such as | and [ unescaped in paths and queries, and
   * URI refuses those addresses whole.
   */
  private static final Pattern HOST = Pattern.compile("[a-z0-9_-]+(\\.[a-z0-9_-]+)*");

  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*");

  private static final Pattern LITERAL = Pattern.compile("\\[[0-9a-f:.]+]");

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
    boolean hasPort = colon >= 0 && hostAndPort.substring(colon + 1).matches("[0-9]{0,5}");
    boolean bare = hostAndPort.endsWith("]") || !hasPort;
    String host = HostName.canonical(bare ? hostAndPort : hostAndPort.substring(0, colon));
    boolean valid = HOST.matcher(host).matches() || LITERAL.matcher(host).matches();
    return valid && host.length() <= HostName.MAXIMUM_LENGTH ? host : null;
  }

  @Override
  public String toString() {
    return "Url";
  }
}
