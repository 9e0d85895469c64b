package dk.sporlos.testing;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * Somebody whose beacons bring secrets of every kind, each theirs alone: what is found of one says
 * whose it is and which. A new kind is added here: to the record, to what is looked for, and to a
 * beacon.
 *
 * @param agent a browser's, and a mark
 * @param cookie the number in the cookie of the site, and the value of one that nobody knows
 */
public record CanaryVisitor(
    int number,
    String address,
    String agent,
    String language,
    String cookie,
    String email,
    String token,
    String cpr,
    String user,
    String search) {

  /** The visitor of that number; IPv4 if it is even, IPv6 if it is odd. */
  public static CanaryVisitor number(int number, Random random) {
    String address =
        number % 2 == 0
            ? "203.%d.%d.%d"
                .formatted(100 + number / 2 / 250, 1 + number / 2 % 250, 100 + random.nextInt(156))
            : "2001:db8:%x:%x::%x"
                .formatted(
                    0x1000 + number * 7,
                    0x1000 + random.nextInt(0xe000),
                    0x1000 + random.nextInt(0xe000));
    return new CanaryVisitor(
        number,
        address,
        RunningServer.BROWSER + " " + mark(random),
        "da,x-" + mark(random),
        number(random),
        "anna-" + mark(random) + "@example.org",
        mark(random),
        "%02d%02d%02d-%04d"
            .formatted(
                1 + random.nextInt(28),
                1 + random.nextInt(12),
                50 + random.nextInt(50),
                1000 + random.nextInt(3000)),
        "anna-" + mark(random),
        mark(random));
  }

  /** As in the cookies that this collector gives. */
  private static String number(Random random) {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String mark(Random random) {
    byte[] bytes = new byte[10];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Looks for all of it. */
  public void plant(Canaries canaries) {
    byte[] bytes = bytes();
    canaries.addText("address " + number, address);
    canaries.addText("cut address " + number, cut(bytes));
    canaries.addBytes("address " + number + " as inet", inet(bytes));
    if (bytes.length == 4) {
      long value = Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt());
      canaries.addText("address " + number + " as a number", Long.toString(value));
      canaries.addBytes(
          "address " + number + " mapped into IPv6",
          ByteBuffer.allocate(6).putShort((short) -1).put(bytes).array());
    } else {
      canaries.addBytes("address " + number + " as bytes", bytes);
      canaries.addText("address " + number + " in full", inFull());
    }
    canaries.addText("agent " + number, agent);
    canaries.addText("mark of agent " + number, agent.substring(agent.lastIndexOf(' ') + 1));
    canaries.addText("language " + number, language.substring("da,".length()));
    canaries.addText("cookie " + number, cookie);
    canaries.addText("email " + number, email);
    canaries.addText("token " + number, token);
    canaries.addText("cpr " + number, cpr);
    canaries.addText("user " + number, user);
    canaries.addText("search " + number, search);
  }

  /** The target of a page view that says too much. */
  public String target() {
    return ("/page/%1$s/%3$s?email=%1$s&token=%2$s&cpr=%3$s&user=%4$s"
            + "&utm_campaign=%1$s&utm_content=%2$s#%2$s")
        .formatted(email, token, cpr, user);
  }

  /** A page view of a site, without its closing brace and nonce. */
  public String view(String site) {
    return """
        {"d": "%1$s", "u": "https://%1$s%2$s", "r": "https://search.example/%3$s?q=%4$s&email=%5$s", \
        "t": "Letter to %6$s", "p": {"user": "%6$s", "email": "%5$s", "plan": "%3$s", "note": "cpr %7$s"}"""
        .formatted(site, target(), token, search, email, user, cpr);
  }

  /** Bodies of every kind: counted, refused, malformed. */
  public List<String> bodies(String site) {
    String view = view(site);
    return List.of(
        view + ", \"k\": \"" + token + "\"}",
        view + ", \"n\": \"Order\", \"k\": \"order-" + token + "\"}",
        view + ", \"n\": \"engagement\", \"e\": 4000, \"sd\": 80}",
        view + ", \"n\": 5.5}",
        view,
        token + "{",
        "{\"d\": \"" + token + ".example\", \"u\": \"https://x.example/\"}");
  }

  /**
   * The headers that bring the rest.
   *
   * @param cookieName the name of the site's cookie, which every other visitor brings, whichever
   *     kind of address is theirs; the rest bring one that no site gives
   * @param today on which it was given
   */
  public String[] headers(String cookieName, LocalDate today) {
    String brought =
        number / 2 % 2 == 0
            ? "%s=1.%.8s.%s.%s"
                .formatted(cookieName, DateTimeFormatter.ISO_WEEK_DATE.format(today), today, cookie)
            : "__Host-sporlos-1=" + cookie;
    return new String[] {
      "X-Forwarded-For", address,
      "User-Agent", agent,
      "Accept-Language", language,
      "Cookie", brought + "; session=" + cookie,
      "Referer", "https://example.com/?q=" + search,
    };
  }

  private byte[] bytes() {
    try {
      return InetAddress.getByName(address).getAddress();
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private String inFull() {
    return HexFormat.of().formatHex(bytes()).replaceAll("(.{4})(?=.)", "$1:");
  }

  /** Without its zeroes, so that no way of writing them hides it. */
  private static String cut(byte[] address) {
    if (address.length == 4) {
      return "%d.%d.%d.".formatted(address[0] & 0xff, address[1] & 0xff, address[2] & 0xff);
    }
    ByteBuffer groups = ByteBuffer.wrap(address);
    return "%x:%x:%x:"
        .formatted(
            groups.getShort() & 0xffff, groups.getShort() & 0xffff, groups.getShort() & 0xffff);
  }

  /** PostgreSQL's own form: family, length of the prefix, bytes. */
  private static byte[] inet(byte[] address) {
    return ByteBuffer.allocate(address.length + 2)
        .put((byte) (address.length == 4 ? 2 : 3))
        .put((byte) (address.length * Byte.SIZE))
        .put(address)
        .array();
  }
}
