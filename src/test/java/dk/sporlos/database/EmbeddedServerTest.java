package dk.sporlos.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EmbeddedServerTest {
  @RegisterExtension private final DataDirectories directories = new DataDirectories();

  @Test
  void startsInADirectoryThatDoesNotExistYet() throws IOException {
    Path directory = directories.empty().resolve("new/data");

    EmbeddedServer server = directories.serve(directory);

    assertThat(Sql.text(server.url(), "select current_database()")).isEqualTo("sporlos");
    assertThat(mode(directory)).isEqualTo("rwx------");
    assertThat(directory.resolve("format")).hasContent("sporlos 1");
    assertThat(names(directory)).containsExactlyInAnyOrder("format", "lock", "postgresql");
    assertThat(names(directory.resolve("postgresql")))
        .containsExactlyInAnyOrder(
            "binaries-18.6.0-" + Platform.current().name(), "cluster", "log", "password", "port");
    server.close();
  }

  @Test
  void keepsDataPasswordAndPortOverARestart() {
    Path directory = directories.unused();
    EmbeddedServer first = directories.serve(directory);
    Sql.execute(first.url(), "create table kept as select 42 as answer");
    first.close();

    EmbeddedServer second = directories.serve(directory);

    assertThat(Sql.text(second.url(), "select answer from kept")).isEqualTo("42");
    assertThat(second.url()).isEqualTo(first.url());
  }

  @Test
  void stopsTheServerWhenClosed() {
    Path directory = directories.unused();
    EmbeddedServer server = directories.serve(directory);
    assertThat(DataDirectories.servers(directory)).isEqualTo(1);

    server.close();

    assertThat(DataDirectories.servers(directory)).isZero();
  }

  @Test
  void keepsAPasswordOf256BitsThatOnlyItsOwnerMayRead() throws IOException {
    Path directory = directories.unused();
    EmbeddedServer server = directories.serve(directory);

    Path password = directory.resolve("postgresql/password");
    assertThat(mode(password)).isEqualTo("rw-------");
    assertThat(Files.readString(password).strip())
        .matches("[A-Za-z0-9_-]{43}")
        .isEqualTo(server.url().password());
  }

  @Test
  void runsWithSettingsThatKeepDataAndTellNobody() {
    EmbeddedServer server = directories.serve(directories.unused());

    assertThat(
            Stream.of(
                    "fsync",
                    "synchronous_commit",
                    "full_page_writes",
                    "data_checksums",
                    "password_encryption",
                    "listen_addresses",
                    "unix_socket_directories",
                    "log_error_verbosity",
                    "log_min_error_statement",
                    "log_parameter_max_length",
                    "log_parameter_max_length_on_error",
                    "log_connections",
                    "log_statement",
                    "log_min_duration_statement",
                    "logging_collector",
                    "log_filename",
                    "log_truncate_on_rotation",
                    "jit",
                    "max_connections",
                    "server_encoding")
                .map(name -> name + " " + Sql.text(server.url(), "show " + name)))
        .containsExactly(
            "fsync on",
            "synchronous_commit on",
            "full_page_writes on",
            "data_checksums on",
            "password_encryption scram-sha-256",
            "listen_addresses 127.0.0.1",
            "unix_socket_directories ",
            "log_error_verbosity terse",
            "log_min_error_statement panic",
            "log_parameter_max_length 0",
            "log_parameter_max_length_on_error 0",
            "log_connections off",
            "log_statement none",
            "log_min_duration_statement -1",
            "logging_collector on",
            "log_filename postgresql-%a.log",
            "log_truncate_on_rotation on",
            "jit off",
            "max_connections 50",
            "server_encoding UTF8");
    assertThat(
            Sql.text(
                server.url(),
                "select concat(datlocprovider, datlocale) from pg_database where datname = current_database()"))
        .isEqualTo("bC.UTF-8");
    assertThat(
            Sql.text(
                server.url(),
                "select setting from pg_file_settings where name = 'timezone' and applied"))
        .isEqualTo("UTC");
    assertThat(Sql.texts(server.url(), "select distinct auth_method from pg_hba_file_rules"))
        .containsExactly("scram-sha-256");
  }

  @Test
  void writesWhatHappenedIntoItsLogButNotWithWhat() throws IOException {
    Path directory = directories.unused();
    EmbeddedServer server = directories.serve(directory);
    Sql.execute(server.url(), "create table secret (word text unique)");
    Sql.execute(server.url(), "insert into secret values ('kanarie')");

    assertThatThrownBy(() -> Sql.execute(server.url(), "insert into secret values ('kanarie')"))
        .hasStackTraceContaining("duplicate key");
    server.close();

    String log = texts(directory.resolve("postgresql/log"));
    assertThat(log).contains("duplicate key value").doesNotContain("kanarie");
  }

  @Test
  void removesLogsThatItWouldOtherwiseOnlyAppendTo() throws IOException {
    Path directory = directories.unused();
    directories.serve(directory).close();
    Path old = Files.writeString(directory.resolve("postgresql/log/postgresql-Old.log"), "old");
    Path recent = Files.writeString(directory.resolve("postgresql/log/postgresql-New.log"), "new");
    Files.setLastModifiedTime(
        old, FileTime.from(Instant.now().minus(Duration.ofDays(6)).minusSeconds(60)));
    Files.setLastModifiedTime(recent, FileTime.from(Instant.now().minus(Duration.ofDays(5))));

    directories.serve(directory);

    assertThat(old).doesNotExist();
    assertThat(recent).exists();
  }

  @Test
  void choosesAnotherPortIfTheKeptOneIsTaken() throws IOException {
    Path directory = directories.unused();
    EmbeddedServer first = directories.serve(directory);
    first.close();

    try (ServerSocket other = listening(first.url().port())) {
      EmbeddedServer second = directories.serve(directory);

      assertThat(second.url().port()).isNotEqualTo(other.getLocalPort());
      assertThat(directory.resolve("postgresql/port")).hasContent("" + second.url().port());
      assertThat(Sql.text(second.url(), "select 1")).isEqualTo("1");
    }
  }

  @Test
  void refusesAPortThatIsTakenIfItIsTheOneAskedFor() throws IOException {
    Path directory = directories.unused();
    try (ServerSocket other = listening(0)) {
      int port = other.getLocalPort();

      assertThatThrownBy(() -> directories.serve(directory, port))
          .isInstanceOf(DatabaseException.class)
          .hasMessageContaining("Port %d of 127.0.0.1 is in use".formatted(port))
          .hasMessageContaining("--database-port");
    }
    assertThat(DataDirectories.servers(directory)).isZero();

    directories.serve(directory);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65536})
  void refusesANumberThatIsNoPort(int port) {
    assertThatThrownBy(() -> directories.serve(directories.unused(), port))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("--database-port is a number from 0 (any) to 65535");
  }

  @Test
  void tellsWhereItIsWhetherItRunsOrNot() {
    Path directory = directories.unused();
    EmbeddedServer server = directories.serve(directory);

    assertThat(EmbeddedServer.locate(directory))
        .isEqualTo(new EmbeddedServer.Location(server.url(), /* running= */ true));
    server.close();
    assertThat(EmbeddedServer.locate(directory))
        .isEqualTo(new EmbeddedServer.Location(server.url(), /* running= */ false));
  }

  @Test
  void beginsAgainWhereACrashInterruptedItsFirstStart() throws IOException {
    Path directory = directories.unused();
    Path unfinished = Files.createDirectories(directory.resolve("postgresql/cluster.new/base"));
    Files.writeString(unfinished.resolveSibling("PG_VERSION"), "18");
    Files.createDirectories(directory.resolve("postgresql/binaries-18.6.0-other.new/bin"));

    EmbeddedServer server = directories.serve(directory);

    assertThat(Sql.text(server.url(), "select 1")).isEqualTo("1");
    assertThat(names(directory.resolve("postgresql")))
        .containsExactlyInAnyOrder(
            "binaries-18.6.0-" + Platform.current().name(), "cluster", "log", "password", "port");
  }

  @Test
  void saysWhyPostgresqlDoesNotStart() throws IOException {
    Path directory = directories.unused();
    directories.serve(directory).close();
    Files.writeString(
        directory.resolve("postgresql/cluster/postgresql.auto.conf"), "no_such_setting = 1\n");

    assertThatThrownBy(() -> directories.serve(directory))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("PostgreSQL does not start")
        .hasMessageContaining("postgresql.auto.conf")
        .hasMessageNotContaining("\n");
  }

  private static ServerSocket listening(int port) throws IOException {
    return new ServerSocket(port, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    }
  }

  private static String texts(Path directory) throws IOException {
    StringBuilder texts = new StringBuilder();
    for (String name : names(directory)) {
      texts.append(Files.readString(directory.resolve(name)));
    }
    return texts.toString();
  }
}
