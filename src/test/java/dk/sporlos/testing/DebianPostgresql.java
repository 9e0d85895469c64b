package dk.sporlos.testing;

import dk.sporlos.database.DatabaseUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** PostgreSQL 15, the oldest that is taken, from Debian's package, on a port of this machine. */
public final class DebianPostgresql implements AutoCloseable {
  private static final Path PROGRAMS = Path.of("/usr/lib/postgresql/15/bin");

  private final Path cluster;
  private final int port;

  private DebianPostgresql(Path cluster, int port) {
    this.cluster = cluster;
    this.port = port;
  }

  /**
   * Makes a cluster and starts it.
   *
   * @param directory that anybody may reach, since PostgreSQL refuses to be root
   * @param settings as in {@code max_connections=200}
   */
  public static DebianPostgresql start(Path directory, String... settings) throws IOException {
    if (!Files.isExecutable(PROGRAMS.resolve("postgres"))) {
      throw new IllegalStateException("PostgreSQL 15 is needed: apt-get install postgresql-15");
    }
    DebianPostgresql server = new DebianPostgresql(directory.resolve("cluster"), FreePorts.one());
    server.run("initdb", "--auth=trust", "--username=sporlos", "--encoding=UTF8", "--no-sync");
    server.run(
        "pg_ctl",
        "start",
        "--wait",
        "--log=" + directory.resolve("log"),
        "--options=-p %d -h 127.0.0.1 -c unix_socket_directories='' -c fsync=off%s"
            .formatted(
                server.port,
                Stream.of(settings).map(" -c "::concat).collect(Collectors.joining())));
    return server;
  }

  /** A new, empty database. */
  public DatabaseUrl create(String name) throws SQLException {
    DatabaseUrl all = new DatabaseUrl("127.0.0.1", port, "postgres", "sporlos", null, Map.of());
    try (Connection connection = all.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    return url(name);
  }

  private DatabaseUrl url(String database) {
    return new DatabaseUrl("127.0.0.1", port, database, "sporlos", null, Map.of());
  }

  @Override
  public void close() throws IOException {
    run("pg_ctl", "stop", "--wait", "--mode=immediate");
  }

  private void run(String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("unshare", "-U"));
    }
    command.addAll(List.of(PROGRAMS.resolve(program).toString(), "--pgdata=" + cluster));
    command.addAll(Arrays.asList(arguments));
    Path said = Files.createTempFile("postgresql", ".out");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    int code = process.onExit().orTimeout(60, TimeUnit.SECONDS).join().exitValue();
    if (code != 0) {
      throw new IllegalStateException(command + ": " + Files.readString(said));
    }
    Files.delete(said);
  }
}
