package dk.sporlos.settings;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server listens.
 *
 * @param host name or address, without brackets
 * @param port 0 to 65,535; 0 lets the system choose
 */
public record Endpoint(String host, int port) {
  private static final Pattern TEXT =
      Pattern.compile("(?:\\[(?<six>[0-9A-Fa-f:.]+)]|(?<host>[^:\\[\\]]+)):(?<port>\\d{1,5})");

  public Endpoint {
    Objects.requireNonNull(host, "host");
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("a port is a number from 0 to 65535");
    }
  }

  /**
   * Reads {@code host:port}, an IPv6 address in brackets.
   *
   * @throws IllegalArgumentException with a message for the person who wrote it
   */
  public static Endpoint parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no address to listen on; write host:port, as in 127.0.0.1:8080");
    }
    String six = matcher.group("six");
    return new Endpoint(
        six == null ? matcher.group("host") : six, Integer.parseInt(matcher.group("port")));
  }

  /** Whether a connection to the one could arrive at the other. */
  public boolean overlaps(Endpoint other) {
    return port != 0
        && port == other.port
        && (isOfEverybody()
            || other.isOfEverybody()
            || host.equals(other.host)
            || bothLoopback(other));
  }

  private boolean bothLoopback(Endpoint other) {
    return isLoopback() && other.isLoopback();
  }

  private boolean isOfEverybody() {
    return host.equals("0.0.0.0") || host.matches("[0:]+");
  }

  /** Whether none but this machine can connect; a name is not looked up. */
  public boolean isLoopback() {
    return host.equals("localhost") || host.matches("127(\\.\\d{1,3}){3}|(0*:)*:?0*1");
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
