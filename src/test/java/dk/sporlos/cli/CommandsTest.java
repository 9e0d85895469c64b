package dk.sporlos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The commands that work on a database, on one. */
class CommandsTest {
  private static String database;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeAll
  static void create() {
    database = TestDatabase.create().uri();
  }

  @Test
  void aSiteIsAddedOnceAndListedAndItsFiguresAreAskedFor() {
    assertThat(run("site", "list")).isEqualTo(Cli.OK);
    assertThat(take(err)).contains("No site is registered yet");

    assertThat(run("site", "add", "WWW.Example.com", "--timezone", "Europe/Copenhagen"))
        .isEqualTo(Cli.OK);
    assertThat(take(out))
        .contains("example.com is registered; its days are those of Europe/Copenhagen")
        .contains("data-site=\"example.com\"");

    assertThat(run("site", "add", "example.com")).isEqualTo(Cli.MENDABLE);
    assertThat(take(err)).contains("example.com is registered already; see `sporlos site list`");

    assertThat(run("site", "list")).isEqualTo(Cli.OK);
    assertThat(take(out)).isEqualTo("example.com\tEurope/Copenhagen" + System.lineSeparator());

    assertThat(run("stats", "example.com")).isEqualTo(Cli.OK);
    assertThat(take(out)).contains("example.com");

    assertThat(run("token", "create", "--site", "example.com", "--scope", "stats"))
        .isEqualTo(Cli.OK);
    assertThat(take(out)).matches("sporlos_[\\w-]{43}\\R");
    assertThat(take(err)).isEmpty();
  }

  @Test
  void aSiteThatNobodyAddedIsNamedWithTheCommandThatAddsIt() {
    assertThat(run("stats", "nowhere.example")).isEqualTo(Cli.MENDABLE);
    assertThat(run("token", "create", "--site", "nowhere.example", "--scope", "stats"))
        .isEqualTo(Cli.MENDABLE);

    assertThat(take(err).lines())
        .hasSize(2)
        .containsOnly(
            "sporlos: nowhere.example is not registered; add it: sporlos site add nowhere.example");
    assertThat(take(out)).isEmpty();
  }

  /** Runs a command on the database that the environment names. */
  private int run(String... arguments) {
    return new Cli(stream(out), stream(err), Map.of("SPORLOS_DATABASE", database)).run(arguments);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String take(ByteArrayOutputStream bytes) {
    String text = bytes.toString(StandardCharsets.UTF_8);
    bytes.reset();
    return text;
  }
}
