package dk.sporlos.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates of this machine that vouch for themselves, as files in PEM. */
public final class TestCertificate {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private TestCertificate() {}

  /**
   * Writes {@code tls.crt} and {@code tls.key}, over those that are there.
   *
   * @param kind of key: EC or RSA
   * @param begin in days from today
   * @param days for which it is good
   */
  public static X509Certificate write(Path directory, String kind, int begin, int days)
      throws IOException, GeneralSecurityException, InterruptedException {
    Path store = Files.createTempDirectory("sporlos-keys").resolve("store");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD),
                "-alias",
                "server",
                "-keyalg",
                kind,
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-startdate",
                (begin < 0 ? "" : "+") + begin + "d",
                "-validity",
                Integer.toString(days))
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool: " + said);
    }
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
    X509Certificate certificate = (X509Certificate) keys.getCertificate("server");
    Files.writeString(directory.resolve("tls.crt"), pem("CERTIFICATE", certificate.getEncoded()));
    Files.writeString(
        directory.resolve("tls.key"),
        pem("PRIVATE KEY", keys.getKey("server", PASSWORD).getEncoded()));
    return certificate;
  }

  /** What believes these certificates and no others. */
  public static SSLContext trusting(X509Certificate... certificates)
      throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    for (X509Certificate certificate : certificates) {
      trusted.setCertificateEntry(certificate.getSerialNumber().toString(), certificate);
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  private static String pem(String kind, byte[] content) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(kind, lines);
  }
}
