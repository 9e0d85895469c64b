package dk.sporlos.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Where an operator keeps a certificate for TLS.
 *
 * @param certificate in PEM, with those that vouch for it behind it
 * @param key in PEM, without a passphrase
 */
public record TlsFiles(Path certificate, Path key) {
  private static final int MOST_BYTES = 1_000_000;
  private static final byte[] PROBE = {'s', 'p', 'o', 'r', 'l', 'o', 's'};

  /**
   * A certificate and the key that belongs to it.
   *
   * @param begin from when it is good
   * @param end until when it is good
   */
  record Pair(Buffer certificate, Buffer key, Instant begin, Instant end) {
    PemKeyCertOptions options() {
      return new PemKeyCertOptions().setCertValue(certificate).setKeyValue(key);
    }

    /** Tells nothing of the key. */
    @Override
    public String toString() {
      return "Pair[until " + end + "]";
    }
  }

  /**
   * What is in the files now. Blocks.
   *
   * @throws TlsException if that is no certificate with the key that belongs to it
   */
  Pair read(Vertx vertx) {
    byte[] chain = bytes(certificate, "--tls-certificate");
    byte[] secret = bytes(key, "--tls-key");
    X509Certificate first = first(chain);
    Pair pair =
        new Pair(
            Buffer.buffer(chain),
            Buffer.buffer(secret),
            first.getNotBefore().toInstant(),
            first.getNotAfter().toInstant());
    if (!belong(privateKey(pair, vertx), first)) {
      throw new TlsException(
          "--tls-key: the key in %s is not that of the first certificate in %s; name the two that were made together"
              .formatted(key, certificate));
    }
    return pair;
  }

  private static byte[] bytes(Path file, String setting) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new TlsException("%s: %s is too large for a PEM file".formatted(setting, file));
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException absent) {
      throw new TlsException("%s: there is no file %s".formatted(setting, file), absent);
    } catch (IOException unreadable) {
      throw new TlsException(
          "%s: %s cannot be read; let this user read it".formatted(setting, file), unreadable);
    }
  }

  private X509Certificate first(byte[] chain) {
    try {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(chain));
      if (!certificates.isEmpty()) {
        return (X509Certificate) certificates.iterator().next();
      }
    } catch (GeneralSecurityException unreadable) {
      // Said below, as of a file without any.
    }
    throw new TlsException(
        "--tls-certificate: %s holds no certificate; write it in PEM (-----BEGIN CERTIFICATE-----), those that vouch for it behind it"
            .formatted(certificate));
  }

  private PrivateKey privateKey(Pair pair, Vertx vertx) {
    try {
      for (KeyManager manager : pair.options().getKeyManagerFactory(vertx).getKeyManagers()) {
        if (manager instanceof X509KeyManager keys) {
          PrivateKey found = privateKey(keys);
          if (found != null) {
            return found;
          }
        }
      }
    } catch (Exception unreadable) { // of all the kinds that a file without a key can cause
      throw noKey(unreadable);
    }
    throw noKey(null);
  }

  private static @Nullable PrivateKey privateKey(X509KeyManager keys) {
    return Stream.of("RSA", "EC")
        .map(kind -> keys.getServerAliases(kind, null))
        .filter(Objects::nonNull)
        .flatMap(Stream::of)
        .map(keys::getPrivateKey)
        .findFirst()
        .orElse(null);
  }

  private TlsException noKey(@Nullable Exception cause) {
    return new TlsException(
        "--tls-key: %s holds no RSA or EC key that can be read; write one in PEM, without a passphrase (-----BEGIN PRIVATE KEY-----)"
            .formatted(key),
        cause);
  }

  private static boolean belong(PrivateKey secret, X509Certificate certificate) {
    String algorithm = secret.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
    try {
      Signature signing = Signature.getInstance(algorithm);
      signing.initSign(secret);
      signing.update(PROBE);
      Signature verifying = Signature.getInstance(algorithm);
      verifying.initVerify(certificate.getPublicKey());
      verifying.update(PROBE);
      return verifying.verify(signing.sign());
    } catch (GeneralSecurityException different) {
      return false;
    }
  }
}
