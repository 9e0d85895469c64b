package dk.sporlos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.TestDatabase;
import dk.sporlos.testing.RunningApplication;
import dk.sporlos.testing.TestPool;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The doctor for privacy, over a real PostgreSQL. */
class DoctorPrivacyTest {
  private static final List<String> ALL_SAID =
      List.of(
          "--controller", "Eksempel A/S",
          "--controller-contact", "privat@example.com",
          "--hosting-region", "EU",
          "--recipients", "none",
          "--backups-kept", "0",
          "--collector-url", "https://stats.example.com");

  private final DatabaseUrl url = TestDatabase.create();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void anInstallationOfWhichAllIsSaidHasNothingWrong() {
    run("site", "add", "example.com");

    assertThat(doctor()).isEqualTo(Cli.OK);
    assertThat(out())
        .contains("note key-age: How old the day keys are is unknown", "Nothing is wrong.")
        .doesNotContain("wrong ");
  }

  @Test
  void whatIsNotSaidAndWhatLeavesTheProfileIsNamedWithTheRemedy() {
    run("site", "add", "example.com");
    run("site", "set", "example.com", "place", "city");

    assertThat(run("doctor", "privacy", "--management", "127.0.0.1:1")).isEqualTo(Cli.FAILED);
    assertThat(out())
        .contains("note beyond-profile: example.com: place = city leaves region")
        .contains("wrong unsaid: example.com: its policy has gaps, since nothing is said of")
        .contains("controller, controller-contact, hosting-region");
  }

  @Test
  void aDatabaseThatLogsValuesOrHoldsMoreThanIsDeclaredIsWrong() {
    execute("alter database %s set log_statement = 'all'".formatted(url.database()));
    execute("alter database %s set log_parameter_max_length = -1".formatted(url.database()));
    execute("alter database %s set log_error_verbosity = 'default'".formatted(url.database()));
    execute("alter database %s set log_min_duration_statement = 250".formatted(url.database()));
    execute("alter database %s set log_min_error_statement = 'error'".formatted(url.database()));
    execute("create table diary (address text)");

    assertThat(doctor("--trusted-proxies", "0.0.0.0/0")).isEqualTo(Cli.FAILED);
    assertThat(out())
        .contains(
            "wrong log-statement: PostgreSQL logs statements with values (log_statement = all).",
            "wrong log-parameter-max-length: ",
            "wrong log-error-verbosity: ",
            "wrong log-min-duration-statement: ",
            "wrong log-min-error-statement: ",
            "wrong trusted-proxies: ",
            "wrong undeclared-columns: ",
            "diary.address")
        .contains("alter system set log_statement = 'none'")
        .doesNotContain("Nothing is wrong.");
  }

  @Test
  void howManyRowsAreTheOnlyOneOfTheirKindIsSaid() {
    run("site", "add", "example.com");
    execute(
        """
        create table visit_of_the_test partition of visit default
        """);
    execute(
        """
        insert into visit (id, visitor, hour, site_id, day, entry_page, views, events, seconds,
          bounced, steps)
        select n, n, current_date - 1, 1, current_date - 1, greatest(n, 2), 1, 0, 0, true,
          '\\x0000000000000000'
        from generate_series(1, 4) as n
        """);

    assertThat(doctor()).isEqualTo(Cli.OK);
    assertThat(out()).contains("Of 4 visits of the last three days 50 % are the only one");
  }

  @Test
  void theAgeOfTheKeysIsAskedOfTheRunningProcess() {
    try (RunningApplication running =
        RunningApplication.on(url, Clock.systemUTC(), new SecureRandom())) {
      List<String> line = new ArrayList<>(List.of("doctor", "privacy", "--json", "--management"));
      line.add("127.0.0.1:" + running.managementPort());
      line.addAll(ALL_SAID);

      assertThat(run(line.toArray(String[]::new))).isEqualTo(Cli.OK);
      assertThat(new JsonObject(out()).getJsonArray("findings").encode())
          .contains("The oldest day key is of a day that began 0 hours ago.");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "sporlos_daykeys_oldest_seconds 91800.0, note key-age: The oldest day key is of a day that began 25 hours ago, 0",
    "sporlos_daykeys_oldest_seconds{node=\"a\"} 9.2E4, wrong key-age: The oldest day key is of a day that began 25, 1",
    "sporlos_daykeys_oldest_seconds 200000, wrong key-age: The oldest day key is of a day that began 55, 1",
    "up 1, note key-age: How old the day keys are is unknown, 0"
  })
  void aKeyThatOutlivesItsDayIsWrong(String metrics, String said, int exitCode) throws IOException {
    HttpServer management =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] answer = ("# TYPE x gauge\n" + metrics + "\n").getBytes(StandardCharsets.UTF_8);
    management.createContext(
        "/metrics",
        exchange -> {
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    management.start();
    try {
      String where = "127.0.0.1:" + management.getAddress().getPort();

      assertThat(doctor("--management", where)).isEqualTo(exitCode);
      assertThat(out()).contains(said);
    } finally {
      management.stop(0);
    }
  }

  @Test
  void aReplicationSlotThatNobodyReadsIsWrong() {
    String slot = "left_behind_" + url.database();
    execute("select pg_create_physical_replication_slot('%s')".formatted(slot));
    try {
      assertThat(doctor()).isEqualTo(Cli.FAILED);
      assertThat(out()).contains("wrong replication-slot: ", "pg_drop_replication_slot('" + slot);
    } finally {
      execute("select pg_drop_replication_slot('%s')".formatted(slot));
    }
  }

  @Test
  void theDemoNeedsNobodyToAnswerForIt() {
    run("site", "add", "example.com");
    execute("update site set demo = true");

    assertThat(run("doctor", "privacy", "--management", "127.0.0.1:1")).isEqualTo(Cli.OK);
    assertThat(out()).doesNotContain("unsaid");
  }

  @ParameterizedTest
  @CsvSource({"/dev/zram0, false", "/dev/sda2, true", "/swapfile, true", "'', false"})
  void swapOnADiskIsSaidAndSwapInMemoryIsNot(String where, boolean isSaid, @TempDir Path directory)
      throws IOException {
    String lines =
        "Filename Type Size Used Priority\n" + (where.isEmpty() ? "" : where + " file 1 0 -2\n");
    Path swaps = Files.writeString(directory.resolve("swaps"), lines);

    assertThat(DoctorPrivacyCommand.swap(swaps) != null).isEqualTo(isSaid);
    assertThat(DoctorPrivacyCommand.swap(directory.resolve("absent"))).isNull();
  }

  private int doctor(String... more) {
    List<String> line = new ArrayList<>(List.of("doctor", "privacy"));
    if (!List.of(more).contains("--management")) {
      line.addAll(List.of("--management", "127.0.0.1:1"));
    }
    line.addAll(ALL_SAID);
    line.addAll(List.of(more));
    out.reset();
    return run(line.toArray(String[]::new));
  }

  private void execute(String statement) {
    try (TestPool pool = TestPool.of(url)) {
      pool.pool().query(statement).execute().await();
    }
  }

  private int run(String... arguments) {
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    return new Cli(stream, stream, Map.of("SPORLOS_DATABASE", url.uri())).run(arguments);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
