package dk.sporlos.door;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What proxies say about where a request comes from. */
final class ForwardedFor {

  /*
   * Each proxy appends the peer it saw, so only the right end of the list was written by a proxy of
   * ours and all the rest may be made up. Hence the list is read from the right, and split at each
   * comma without regard to quotes: a quote that a client left open must not swallow what a proxy
   * appended behind it. Quoted commas do not occur in addresses.
   *
   * X-Forwarded-For goes first, because nearly every proxy sets it, and one that does passes on a
   * Forwarded header which the client made up. X-Real-IP goes last: it holds one address, so a proxy
   * of ours that sets it alone knows no other before it, and beside a list it says nothing new.
   */
  private static final CharSequence X_FORWARDED_FOR =
      HttpHeaders.createOptimized("X-Forwarded-For");

  private static final CharSequence FORWARDED = HttpHeaders.createOptimized("Forwarded");
  private static final CharSequence X_REAL_IP = HttpHeaders.createOptimized("X-Real-IP");
  private static final String FOR = "for=";

  private ForwardedFor() {}

  /**
   * The right-most address that is not a trusted proxy's, or the left-most if all are; null if
   * there is no header or an element on the way cannot be read.
   */
  static @Nullable Address client(MultiMap headers, TrustedProxies proxies) {
    List<String> lines = headers.getAll(X_FORWARDED_FOR);
    if (!lines.isEmpty()) {
      return client(String.join(",", lines), false, proxies);
    }
    List<String> standard = headers.getAll(FORWARDED);
    if (!standard.isEmpty()) {
      return client(String.join(",", standard), true, proxies);
    }
    List<String> real = headers.getAll(X_REAL_IP);
    // More than one may mean that the proxy passed on what the client made up.
    return real.size() == 1 ? address(real.get(0).strip()) : null;
  }

  /** Whether there is any such header. */
  static boolean isIn(MultiMap headers) {
    return headers.contains(X_FORWARDED_FOR)
        || headers.contains(FORWARDED)
        || headers.contains(X_REAL_IP);
  }

  private static @Nullable Address client(String list, boolean standard, TrustedProxies proxies) {
    int end = list.length();
    while (true) {
      int comma = list.lastIndexOf(',', end - 1);
      String element = list.substring(comma + 1, end).strip();
      String node = standard ? node(element) : element;
      Address address = node == null ? null : address(node);
      if (address == null || comma < 0 || !proxies.trusts(address)) {
        return address;
      }
      end = comma;
    }
  }

  /** The value of parameter {@code for} of one element of RFC 7239, without quotes. */
  private static @Nullable String node(String element) {
    for (String pair : element.split(";", -1)) {
      String parameter = pair.strip();
      if (parameter.regionMatches(true, 0, FOR, 0, FOR.length())) {
        String value = parameter.substring(FOR.length());
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
      }
    }
    return null;
  }

  /**
   * Reads {@code 192.0.2.1}, {@code 192.0.2.1:80}, {@code 2001:db8::1}, {@code [2001:db8::1]:80}.
   */
  private static @Nullable Address address(String node) {
    if (node.startsWith("[")) {
      int bracket = node.indexOf(']');
      boolean closed = bracket > 0 && isPort(node.substring(bracket + 1));
      return closed ? Address.parse(node.substring(1, bracket)) : null;
    }
    int colon = node.indexOf(':');
    boolean hasPort = colon > 0 && colon == node.lastIndexOf(':') && isPort(node.substring(colon));
    return Address.parse(hasPort ? node.substring(0, colon) : node);
  }

  private static boolean isPort(String suffix) {
    return suffix.isEmpty() || suffix.matches(":[0-9]{1,5}");
  }
}
