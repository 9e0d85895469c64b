package dk.sporlos.http;

import dk.sporlos.http.TlsFiles.Pair;
import dk.sporlos.metrics.Doctor.Finding;
import dk.sporlos.metrics.Meters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS as a listener speaks it, with a certificate that is read again when its files change. May be
 * asked from any thread.
 */
public final class Tls {
  private static final Logger LOG = LoggerFactory.getLogger(Tls.class);
  private static final Duration HANDSHAKE = Duration.ofSeconds(10);
  private static final Duration SOON = Duration.ofDays(14);

  /** RFC 9325, 4.2: authenticated encryption with keys that are forgotten. */
  private static final List<String> CIPHERS =
      List.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  private final Vertx vertx;
  private final TlsFiles files;
  private final Clock clock;
  private final Duration handshake;
  private final Set<HttpServer> servers = ConcurrentHashMap.newKeySet();
  private volatile Pair pair;
  private volatile @Nullable String problem;

  /**
   * TLS with what is in the files now. Blocks.
   *
   * @param handshake within which a connection is to speak it
   */
  Tls(Vertx vertx, TlsFiles files, Clock clock, Duration handshake) {
    this.vertx = vertx;
    this.files = files;
    this.clock = clock;
    this.handshake = handshake;
    this.pair = files.read(vertx);
  }

  /**
   * TLS with what is in the files now. Blocks.
   *
   * @throws TlsException if that cannot be used
   */
  public static Tls load(Vertx vertx, TlsFiles files, Clock clock) {
    return new Tls(vertx, files, clock, HANDSHAKE);
  }

  /** Shows when the certificate ends, and whether its files can be used. */
  public static void measure(Meters meters, @Nullable Tls tls) {
    meters.gauge(
        "sporlos.tls.certificate.expiry.timestamp.seconds",
        "Second of the Unix era in which the certificate ends that is shown; NaN without TLS",
        () -> tls == null ? Double.NaN : tls.pair.end().getEpochSecond());
    meters.gauge(
        "sporlos.tls.certificate.refused",
        "1 while the files of the certificate cannot be used and the one before them is shown",
        () -> tls == null || tls.problem == null ? 0 : 1);
  }

  /** Makes a server speak it that is not listening yet. */
  void configure(HttpServerOptions options) {
    configure(options, pair);
  }

  private void configure(HttpServerOptions options, Pair pair) {
    options
        .setSsl(true)
        .setUseAlpn(true)
        .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1))
        .setKeyCertOptions(pair.options())
        .setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"))
        .setSslHandshakeTimeout(handshake.toMillis())
        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
    CIPHERS.forEach(options::addEnabledCipherSuite);
  }

  /** Keeps a server that listens up to date. */
  void follow(HttpServer server) {
    servers.add(server);
  }

  /** The same no more. */
  void leave(HttpServer server) {
    servers.remove(server);
  }

  /**
   * Shows what is in the files now, if that has changed and can be used; else what was shown
   * before. Connections that are open keep what they began with.
   */
  public Future<Void> refresh() {
    return vertx
        .executeBlocking(this::readAgain)
        .compose(read -> read.equals(pair) ? Future.succeededFuture() : show(read))
        .onSuccess(shown -> problem = null)
        .recover(
            failure -> {
              refused(failure);
              return Future.succeededFuture();
            });
  }

  private Pair readAgain() {
    Pair read = files.read(vertx);
    Instant now = clock.instant();
    if (!read.equals(pair) && (read.end().isBefore(now) || read.begin().isAfter(now))) {
      throw new TlsException(
          "--tls-certificate: the one in %s is good from %s to %s only"
              .formatted(files.certificate(), read.begin(), read.end()));
    }
    return read;
  }

  private Future<Void> show(Pair read) {
    HttpServerOptions options = new HttpServerOptions();
    configure(options, read);
    return Future.all(
            servers.stream()
                .map(server -> server.updateSSLOptions(options.getSslOptions()))
                .toList())
        .onSuccess(
            shown -> {
              pair = read;
              LOG.info("a new certificate is shown, which ends at {}", read.end());
            })
        .mapEmpty();
  }

  /** Said once: it is looked at every minute. */
  private void refused(Throwable failure) {
    String said =
        failure instanceof TlsException
            ? String.valueOf(failure.getMessage())
            : "the new certificate cannot be shown: " + failure.getClass().getSimpleName();
    if (!Objects.equals(said, problem)) {
      problem = said;
      LOG.warn("{}; the one before, which ends at {}, is shown on", said, pair.end());
    }
  }

  /** Whether the certificate is to be renewed, or its files to be mended. */
  public @Nullable Finding finding() {
    String refusal = problem;
    Pair shown = pair;
    if (refusal != null) {
      return new Finding(
          "tls-certificate-refused",
          "The files of the certificate cannot be used: %s. The one before is shown, which ends at %s."
              .formatted(refusal, shown.end()),
          "Put a certificate and its key there; they are read within a minute.");
    }
    if (shown.end().isBefore(clock.instant().plus(SOON))) {
      return new Finding(
          "tls-certificate-ends",
          "The certificate ends at " + shown.end() + ".",
          "Renew it in the same files; they are read within a minute.");
    }
    return null;
  }
}
