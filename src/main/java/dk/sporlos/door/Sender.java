package dk.sporlos.door;

import dk.sporlos.site.AddressUse;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a beacon: the only holder of the full address, the agent string and the other headers
 * that say something about a person. It lives as long as the judging of its beacon.
 *
 * @param agent the agent string, empty if there is none
 * @param language the header {@code Accept-Language}, empty if there is none
 * @param objects whether a signal says that nothing shall be counted
 * @param prefetches whether the browser loads the page ahead of a visit that may never come
 * @param unlikeBrowser whether headers say what no browser says of a beacon
 * @param hints what the browser says of itself beside its agent string
 * @param cookies what it remembers for this collector
 */
record Sender(
    Address address,
    String agent,
    String language,
    boolean objects,
    boolean prefetches,
    boolean unlikeBrowser,
    ClientHints hints,
    Cookies cookies) {
  private static final int LONGEST_AGENT = 500;
  private static final int LONGEST_LANGUAGE = 100;

  private static final CharSequence SEC_GPC = HttpHeaders.createOptimized("Sec-GPC");
  private static final CharSequence DNT = HttpHeaders.createOptimized("DNT");

  /** The headers by which browsers of all times tell that they load ahead. */
  private static final CharSequence[] PURPOSES = {
    HttpHeaders.createOptimized("Sec-Purpose"),
    HttpHeaders.createOptimized("Purpose"),
    HttpHeaders.createOptimized("X-Purpose"),
    HttpHeaders.createOptimized("X-Moz")
  };

  Sender {
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(agent, "agent");
    Objects.requireNonNull(language, "language");
    Objects.requireNonNull(hints, "hints");
    Objects.requireNonNull(cookies, "cookies");
  }

  /** One that brings no cookies. */
  Sender(
      Address address,
      String agent,
      String language,
      boolean objects,
      boolean prefetches,
      boolean unlikeBrowser,
      ClientHints hints) {
    this(address, agent, language, objects, prefetches, unlikeBrowser, hints, Cookies.NONE);
  }

  static Sender of(HttpServerRequest request, TrustedProxies proxies) {
    MultiMap headers = request.headers();
    return new Sender(
        address(request, proxies),
        bounded(headers.get(HttpHeaders.USER_AGENT), LONGEST_AGENT),
        bounded(headers.get(HttpHeaders.ACCEPT_LANGUAGE), LONGEST_LANGUAGE),
        isOne(headers.get(SEC_GPC)) || isOne(headers.get(DNT)),
        prefetches(headers),
        BrowserHeaders.contradict(headers),
        ClientHints.of(headers),
        Cookies.of(headers, ForwardedProto.isSecure(request, proxies)));
  }

  /** The visitor for whom this sender sends, as far as it says who that is. */
  Sender speakingFor(OnBehalf visitor) {
    return new Sender(
        Objects.requireNonNullElse(visitor.address(), address),
        visitor.agent() == null ? agent : bounded(visitor.agent(), LONGEST_AGENT),
        visitor.language() == null ? language : bounded(visitor.language(), LONGEST_LANGUAGE),
        objects,
        prefetches,
        /* unlikeBrowser= */ false,
        visitor.agent() == null ? hints : ClientHints.NONE);
  }

  /**
   * What the sender is recognised by where no cookie is: address, agent and language, each behind
   * its length, so that no two senders share an input by shifting text between the parts.
   *
   * @param use how much of the address
   */
  byte[] traits(AddressUse use) {
    CutAddress cut = address.cut();
    return switch (use) {
      case CUT -> traits(cut.six() ? 6 : 4, 0, cut.prefix());
      case FULL -> traits(address.six() ? 16 : 14, address.high(), address.low());
    };
  }

  private byte[] traits(int kind, long high, long low) {
    byte[] agentBytes = agent.getBytes(StandardCharsets.UTF_8);
    byte[] languageBytes = language.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(25 + agentBytes.length + languageBytes.length)
        .put((byte) kind)
        .putLong(high)
        .putLong(low)
        .putInt(agentBytes.length)
        .put(agentBytes)
        .putInt(languageBytes.length)
        .put(languageBytes)
        .array();
  }

  private static Address address(HttpServerRequest request, TrustedProxies proxies) {
    Address peer = peer(request.remoteAddress());
    if (!proxies.trusts(peer)) {
      return peer;
    }
    Address client = ForwardedFor.client(request.headers(), proxies);
    return client == null ? peer : client;
  }

  /** Where a connection comes from, as far as anybody knows. */
  static Address peer(@Nullable SocketAddress socket) {
    String literal = socket == null ? null : socket.hostAddress();
    Address peer = literal == null ? null : Address.parse(literal);
    return peer == null ? Address.UNKNOWN : peer;
  }

  /** A header without surrounding white space, cut to a length; empty if there is none. */
  static String bounded(@Nullable String header, int length) {
    if (header == null) {
      return "";
    }
    String stripped = header.strip();
    return stripped.length() <= length ? stripped : stripped.substring(0, length);
  }

  private static boolean isOne(@Nullable String header) {
    return header != null && header.strip().equals("1");
  }

  private static boolean prefetches(MultiMap headers) {
    for (CharSequence name : PURPOSES) {
      String value = headers.get(name);
      if (value != null) {
        String purpose = value.toLowerCase(Locale.ROOT);
        if (purpose.contains("prefetch")
            || purpose.contains("prerender")
            || purpose.contains("preview")) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return "Sender";
  }
}
