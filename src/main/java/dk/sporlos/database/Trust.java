package dk.sporlos.database;

import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Whom to believe that a server is the one it says. */
final class Trust {
  private Trust() {}

  /**
   * The certificates in a PEM file, or those that the Java runtime trusts.
   *
   * @param path of the file; null for the runtime's
   */
  static TrustOptions of(@Nullable String path) {
    return path == null ? TrustOptions.wrap(ofRuntime().getTrustManagers()[0]) : ofFile(path);
  }

  private static TrustOptions ofFile(String path) {
    if (!Files.isReadable(Path.of(path))) {
      throw new DatabaseException(
          "The file %s, named by sslrootcert in the database URL, cannot be read: correct its path or its permissions."
              .formatted(path));
    }
    return new PemTrustOptions().addCertPath(path);
  }

  private static TrustManagerFactory ofRuntime() {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      return factory;
    } catch (GeneralSecurityException e) {
      throw new DatabaseException(
          "The certificates that this Java runtime trusts cannot be read: name a file with sslrootcert in the database URL.",
          e);
    }
  }
}
