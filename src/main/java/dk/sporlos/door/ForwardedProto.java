package dk.sporlos.door;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;

/** Whether a browser asked over TLS, which a proxy may have taken off. */
final class ForwardedProto {
  private static final CharSequence X_FORWARDED_PROTO =
      HttpHeaders.createOptimized("X-Forwarded-Proto");
  private static final CharSequence FORWARDED = HttpHeaders.createOptimized("Forwarded");

  private ForwardedProto() {}

  static boolean isSecure(HttpServerRequest request, TrustedProxies proxies) {
    if (request.isSSL()) {
      return true;
    }
    if (proxies.isEmpty() || !proxies.trusts(Sender.peer(request.remoteAddress()))) {
      return false;
    }
    List<String> plain = request.headers().getAll(X_FORWARDED_PROTO);
    if (!plain.isEmpty()) {
      return last(plain).equalsIgnoreCase("https");
    }
    List<String> standard = request.headers().getAll(FORWARDED);
    return !standard.isEmpty()
        && last(standard).toLowerCase(Locale.ROOT).matches("(.*;)?\\s*proto=\"?https\"?\\s*(;.*)?");
  }

  /** The element that the nearest proxy wrote. */
  private static String last(List<String> lines) {
    String list = String.join(",", lines);
    return list.substring(list.lastIndexOf(',') + 1).strip();
  }
}
