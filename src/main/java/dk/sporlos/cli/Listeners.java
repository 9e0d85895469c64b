package dk.sporlos.cli;

import dk.sporlos.http.TlsFiles;
import dk.sporlos.settings.Endpoint;
import dk.sporlos.settings.Setting;
import dk.sporlos.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the settings of listeners say together, where each alone could be meant. */
record Listeners(Settings settings) {

  /**
   * Sees that they fit together.
   *
   * @throws UserException if they do not, naming what to say instead
   */
  void check() {
    if (settings.find(Options.LISTEN_PROXY) != null
        && settings.get(Options.TRUSTED_PROXIES).isEmpty()) {
      throw new UserException(
          "--listen-proxy: nobody may connect there without --trusted-proxies;"
              + " name the proxies' networks, as in --trusted-proxies 10.0.0.0/8");
    }
    Endpoint management = settings.get(Options.MANAGEMENT);
    for (Setting<Endpoint> other : List.of(Options.LISTEN, Options.LISTEN_PROXY)) {
      Endpoint endpoint = settings.find(other);
      if (endpoint != null && endpoint.overlaps(management)) {
        throw new UserException(
            "--management: %s is open to everybody by %s; choose a port of its own, as in --management 127.0.0.1:8081"
                .formatted(management, other.flag()));
      }
    }
    Endpoint proxied = settings.find(Options.LISTEN_PROXY);
    if (proxied != null && proxied.overlaps(settings.get(Options.LISTEN))) {
      throw new UserException(
          "--listen-proxy: %s is that of --listen, where no proxy is waited for; choose a port of its own"
              .formatted(proxied));
    }
    tls();
  }

  /** What an operator should know of them; null if nothing. */
  @Nullable String warning() {
    Endpoint management = settings.get(Options.MANAGEMENT);
    return management.isLoopback()
        ? null
        : "--management: other machines can read metrics and health at %s, without a password; let none but yours reach it"
            .formatted(management);
  }

  /** The files for TLS; null if it is not spoken. */
  @Nullable TlsFiles tls() {
    Path certificate = settings.find(Options.TLS_CERTIFICATE);
    Path key = settings.find(Options.TLS_KEY);
    if (certificate != null && key != null) {
      return new TlsFiles(certificate, key);
    }
    if (certificate != null || key != null) {
      throw new UserException(
          "--tls-certificate and --tls-key belong together: name both files, or neither");
    }
    return null;
  }

  /** How browsers name what is spoken at {@code --listen}. */
  String scheme() {
    return tls() == null ? "http" : "https";
  }
}
