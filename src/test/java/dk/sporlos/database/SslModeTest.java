package dk.sporlos.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@code sslmode} means to both clients, against a server whose certificate says localhost.
 */
final class SslModeTest {
  private static final String ENCRYPTED =
      "select ssl::text from pg_stat_ssl where pid = pg_backend_pid()";
  private static final Vertx VERTX = Vertx.vertx();
  private static final Path DIRECTORY = TestDirectories.withBinaries("ssl");
  private static EmbeddedServer server;
  private static String certificate;

  @BeforeAll
  static void startServerWithCertificate() throws Exception {
    EmbeddedServer.serve(DIRECTORY, 0).close();
    Path cluster = DIRECTORY.resolve("postgresql/cluster");
    certificate = cluster.resolve("server.crt").toString();
    writeCertificate(cluster);
    Files.writeString(cluster.resolve("postgresql.auto.conf"), "ssl = on\n");
    server = EmbeddedServer.serve(DIRECTORY, 0);
  }

  private static void writeCertificate(Path cluster)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path store = DIRECTORY.resolve("postgresql/server.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
    Files.writeString(
        cluster.resolve("server.crt"),
        pem("CERTIFICATE", keys.getCertificate("server").getEncoded()));
    Path key =
        Files.createFile(
            cluster.resolve("server.key"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        key, pem("PRIVATE KEY", keys.getKey("server", "changeit".toCharArray()).getEncoded()));
  }

  private static String pem(String kind, byte[] content) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(kind, lines);
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
    Directories.remove(DIRECTORY);
    VERTX.close().await();
  }

  @Test
  void doesNotEncryptIfToldNotTo() {
    DatabaseUrl url = url("127.0.0.1", Map.of("sslmode", "disable"));

    assertThat(Sql.text(url, ENCRYPTED)).isEqualTo("false");
    assertThat(throughVertx(url)).isEqualTo("false");
  }

  @ParameterizedTest
  @ValueSource(strings = {"prefer", "require"})
  void encryptsWithoutCheckingWhoItIs(String mode) {
    DatabaseUrl url = url("127.0.0.1", Map.of("sslmode", mode));

    assertThat(Sql.text(url, ENCRYPTED)).isEqualTo("true");
    assertThat(throughVertx(url)).isEqualTo("true");
  }

  @Test
  void encryptsIfNothingIsSaid() {
    DatabaseUrl url = url("127.0.0.1", Map.of());

    assertThat(Sql.text(url, ENCRYPTED)).isEqualTo("true");
    assertThat(throughVertx(url)).isEqualTo("true");
  }

  @Test
  void checksTheCertificateIfToldTo() {
    DatabaseUrl url = url("127.0.0.1", Map.of("sslmode", "verify-ca", "sslrootcert", certificate));

    assertThat(Sql.text(url, ENCRYPTED)).isEqualTo("true");
    assertThat(throughVertx(url)).isEqualTo("true");
  }

  @Test
  void checksTheNameAsWellIfToldTo() {
    Map<String, String> full = Map.of("sslmode", "verify-full", "sslrootcert", certificate);

    assertThat(Sql.text(url("localhost", full), ENCRYPTED)).isEqualTo("true");
    assertThat(throughVertx(url("localhost", full))).isEqualTo("true");
    assertRefused(url("127.0.0.1", full));
  }

  @ParameterizedTest
  @ValueSource(strings = {"verify-ca", "verify-full"})
  void refusesACertificateThatNobodyVouchesFor(String mode) {
    assertRefused(url("localhost", Map.of("sslmode", mode)));
    assertRefused(url("localhost", Map.of("sslmode", mode, "sslrootcert", "system")));
  }

  private static void assertRefused(DatabaseUrl url) {
    assertThatThrownBy(() -> new Migrator(url).migrate()).isInstanceOf(DatabaseException.class);
    assertThatThrownBy(() -> throughVertx(url)).hasMessage("SSL handshake failed");
  }

  private static DatabaseUrl url(String host, Map<String, String> parameters) {
    DatabaseUrl url = server.url();
    return new DatabaseUrl(
        host, url.port(), url.database(), url.user(), url.password(), parameters);
  }

  private static String throughVertx(DatabaseUrl url) {
    Database database = new Database(VERTX, url);
    return database
        .pool()
        .query(ENCRYPTED)
        .execute()
        .map(rows -> rows.iterator().next().getString(0))
        .eventually(database::close)
        .await();
  }
}
