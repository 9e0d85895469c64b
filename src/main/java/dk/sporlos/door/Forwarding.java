package dk.sporlos.door;

import io.vertx.core.http.HttpServerRequest;

/** Whether a request says where it comes from, and whether that is believed. */
enum Forwarding {
  /** It says nothing, and comes from nobody who should. */
  NONE,
  /** A trusted proxy says it. */
  BELIEVED,
  /** Somebody says it who is not trusted. */
  UNBELIEVED,
  /** It comes from a trusted proxy that does not say for whom. */
  SILENT;

  static Forwarding of(HttpServerRequest request, TrustedProxies proxies) {
    boolean said = ForwardedFor.isIn(request.headers());
    if (proxies.isEmpty()) {
      return said ? UNBELIEVED : NONE;
    }
    if (proxies.trusts(Sender.peer(request.remoteAddress()))) {
      return said ? BELIEVED : SILENT;
    }
    return said ? UNBELIEVED : NONE;
  }
}
