package dk.sporlos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database without sites and accounts, where there were some before. */
class EmptiedDatabaseTest {
  private static final String MARK = "id=9d6e0a3f-6a55-4d7c-8a7e-3c1f0f3b5a10\nset-up=%s\n";

  @TempDir private Path directory;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final DatabaseUrl url = TestDatabase.create();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serve --listen 127.0.0.1:0 --management 127.0.0.1:0",
        "site list",
        "user add anna@example.com --admin"
      })
  void isNeitherServedNorWorkedWith(String command) throws Exception {
    Files.writeString(directory.resolve("installation"), MARK.formatted("yes"));

    assertThat(run(command)).isEqualTo(Cli.MENDABLE);

    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("has neither sites nor accounts", "--accept-empty-database 9d6e0a3f-")
        .doesNotContain("\tat ");
    assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("/link/");
  }

  @Test
  void isTakenWhereNothingWasSetUp() throws Exception {
    Files.writeString(directory.resolve("installation"), MARK.formatted("no"));

    assertThat(run("site list")).isEqualTo(Cli.OK);
  }

  private int run(String command) {
    Cli cli = new Cli(stream(out), stream(err), Map.of());
    return cli.run((command + " --database " + url.uri() + " --data " + directory).split(" "));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
