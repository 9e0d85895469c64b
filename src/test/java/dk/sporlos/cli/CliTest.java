package dk.sporlos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CliTest {
  @TempDir private Path directory;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "serve | --listen --management --trusted-proxies",
        "demo | --listen --management --trusted-proxies",
        "site add | --timezone --profile DOMAIN",
        "site list | --data",
        "site set | DOMAIN NAME VALUE",
        "site show | DOMAIN",
        "token create | --site --all-sites --scope",
        "stats | --by --last DOMAIN",
        "database url | --data"
      })
  void theHelpOfACommandNamesItsOptions(String command, String options) {
    assertThat(run((command.strip() + " --help").split(" "))).isEqualTo(Cli.OK);

    assertThat(out())
        .startsWith("Usage: sporlos " + command.strip())
        .contains(options.strip().split(" "))
        .contains("--data", "--database", "--database-port", "--config", "--help");
    assertThat(err()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | serve demo site token stats database --version",
        "site | add list set show",
        "token | create",
        "database | url"
      })
  void theHelpOfAGroupNamesItsCommands(String group, String commands) {
    assertThat(run((group.strip() + " -h").strip().split(" "))).isEqualTo(Cli.OK);

    assertThat(out()).contains(commands.strip().split(" "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "site", "token", "database"})
  void aGroupWithoutACommandIsAnsweredWithItsHelp(String group) {
    assertThat(run(group.isEmpty() ? new String[0] : new String[] {group})).isEqualTo(Cli.MENDABLE);

    assertThat(out()).isEmpty();
    assertThat(err()).startsWith("Usage: sporlos").contains("Commands:");
  }

  @Test
  void onlyServingCommandsHaveTheSettingsOfServing() {
    run("stats", "--help");

    assertThat(out()).doesNotContain("--listen").doesNotContain("--trusted-proxies");
  }

  @Test
  void theDefaultsStandInTheHelp() {
    run("serve", "--help");

    assertThat(out()).contains("(127.0.0.1:8080)", "(127.0.0.1:8081)", "data)");
  }

  @Test
  void theVersionIsThatOfTheBuild() {
    assertThat(run("--version")).isEqualTo(Cli.OK);

    assertThat(out()).matches("sporlos \\d+\\.\\d+\\.\\d+\\S*\\R");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--listen 127.0.0.1:7001 --management 127.0.0.1:7001 | --management: | by --listen;",
        "--listen 0.0.0.0:7001 --management 127.0.0.1:7001 | --management: | by --listen;",
        "--listen 127.0.0.1:7001 --management [::]:7001 | --management: | 127.0.0.1:8081",
        "--listen-proxy 127.0.0.1:8081 --trusted-proxies 10.0.0.0/8 | --management: | by --listen-proxy;",
        "--listen-proxy 127.0.0.1:8080 --trusted-proxies 10.0.0.0/8 | --listen-proxy: | that of --listen",
        "--listen-proxy 127.0.0.1:7001 | --listen-proxy: | --trusted-proxies",
        "--tls-certificate tls.crt | --tls-key | name both",
        "--tls-key tls.key | --tls-certificate | name both"
      })
  void listenersThatDoNotFitTogetherAreNamedBeforeAnythingIsStarted(
      String flags, String named, String remedy) {
    Path data = directory.resolve("never");

    assertThat(run(("serve --data " + data + " " + flags.strip()).split(" ")))
        .isEqualTo(Cli.MENDABLE);

    assertThat(err()).contains(named, remedy);
    assertThat(data).doesNotExist();
  }

  @Test
  void allThatIsWrongIsNamedAtOnceEachInALine() {
    int exitCode =
        new Cli(stream(out), stream(err), Map.of("SPORLOS_LISTN", "x", "SPORLOS_DATABASE", "y"))
            .run(
                "serve",
                "--listen",
                "nowhere",
                "--management",
                "127.0.0.1:99999",
                "--trusted-proxies",
                "10.0.0.0/99",
                "--database-port",
                "x",
                "--frobnicate",
                "extra");

    assertThat(exitCode).isEqualTo(Cli.MENDABLE);
    assertThat(err().lines())
        .hasSize(8)
        .allMatch(line -> line.startsWith("sporlos: "))
        .anyMatch(line -> line.contains("--listen: 'nowhere'"))
        .anyMatch(line -> line.contains("--management: "))
        .anyMatch(line -> line.contains("--trusted-proxies: "))
        .anyMatch(line -> line.contains("--database-port: 'x'"))
        .anyMatch(line -> line.contains("--frobnicate is no option of `sporlos serve`"))
        .anyMatch(line -> line.contains("'extra' is one word too many"))
        .anyMatch(line -> line.contains("SPORLOS_LISTN is no setting"))
        .anyMatch(line -> line.contains("SPORLOS_DATABASE: "));
    assertThat(out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "site add | DOMAIN",
        "stats | DOMAIN",
        "token create --scope stats | --site",
        "token create --site example.com | --scope",
        "token create --site a.example --all-sites --scope stats | --all-sites",
        "serve --listen | --listen",
        "serve --listen 127.0.0.1:1 --listen 127.0.0.1:2 | --listen",
        "stats example.com --listen 127.0.0.1:0 | --listen is no option of `sporlos stats`",
        "frobnicate | 'frobnicate' is one word too many; see `sporlos --help`",
        "--frobnicate stats example.com --by | --frobnicate is no option of `sporlos`",
        "site erase example.com | 'erase' is one word too many; see `sporlos site --help`"
      })
  void whatIsMissingOrTooMuchIsNamed(String line, String named) {
    assertThat(run(line.strip().split(" "))).isEqualTo(Cli.MENDABLE);

    assertThat(err()).contains(named.strip()).doesNotContain("\tat ").doesNotContain("Exception");
    assertThat(out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "site add https://x/ | is no domain; write the site's host alone",
        "site add a.example --timezone +02:00 | is no time zone; write one as in Europe/Copenhagen",
        "site add a.example --profile de | is no profile; there are dk, cnil, uk, strict",
        "token create --all-sites --scope all | is no scope; write stats",
        "stats a.example --by colour | colour",
        "stats a.example --last week | week"
      })
  void aWrongArgumentIsNamedBeforeAnyDatabaseIsTouched(String line, String named) {
    assertThat(run((line.strip() + " --data " + directory.resolve("data")).split(" ")))
        .isEqualTo(Cli.MENDABLE);

    assertThat(err().lines()).singleElement().asString().contains(named.strip());
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aVariableNamesTheFileForAllCommandsAndAFlagNamesAnother() throws IOException {
    Path usual = directory.resolve("usual.yaml");
    Path other = directory.resolve("other.yaml");
    Files.writeString(usual, "database: postgresql://anna@usual.example/stats");
    Files.writeString(other, "database: postgresql://anna@other.example/stats");
    Cli cli = new Cli(stream(out), stream(err), Map.of("SPORLOS_CONFIG", usual.toString()));

    assertThat(cli.run("database", "url")).isEqualTo(Cli.OK);
    assertThat(cli.run("database", "url", "--config", other.toString())).isEqualTo(Cli.OK);

    assertThat(out().lines())
        .containsExactly(
            "postgresql://anna@usual.example:5432/stats",
            "postgresql://anna@other.example:5432/stats");
  }

  @Test
  void settingsComeFromAFileAndAFlagOverridesIt() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("sporlos.yaml"),
            "database: postgresql://anna:sesame@db.example/stats\n");

    assertThat(run("database", "url", "--config", file.toString())).isEqualTo(Cli.OK);
    assertThat(out().strip()).isEqualTo("postgresql://anna:sesame@db.example:5432/stats");

    out.reset();
    assertThat(
            run(
                "database",
                "url",
                "--config",
                file.toString(),
                "--database",
                "postgresql://bo@other.example/stats"))
        .isEqualTo(Cli.OK);
    assertThat(out()).startsWith("postgresql://bo@other.example");
  }

  @Test
  void whatIsWrongInTheFileIsNamedWithTheRest() throws IOException {
    Path file =
        Files.writeString(directory.resolve("sporlos.yaml"), "listn: x\ndatabase-port: x\n");

    assertThat(run("site", "list", "--config", file.toString(), "--colour"))
        .isEqualTo(Cli.MENDABLE);

    assertThat(err().lines())
        .hasSize(3)
        .anyMatch(line -> line.contains("`listn` in " + file + " is no setting"))
        .anyMatch(line -> line.contains("`database-port` in " + file))
        .anyMatch(line -> line.contains("--colour"));
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Path file = directory.resolve("nowhere.yaml");

    assertThat(run("site", "list", "--config", file.toString())).isEqualTo(Cli.MENDABLE);

    assertThat(err().strip()).isEqualTo("sporlos: --config: there is no file " + file);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"site list", "stats example.com", "token create --all-sites --scope stats"})
  void aDatabaseThatIsAwayIsNamedWithoutItsPassword(String command) throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    String url = "postgresql://anna:sesame@127.0.0.1:" + free + "/stats";

    assertThat(run((command + " --database " + url).split(" "))).isEqualTo(Cli.MENDABLE);

    assertThat(err().lines())
        .singleElement()
        .asString()
        .contains("127.0.0.1:" + free)
        .doesNotContain("sesame");
  }

  private int run(String... arguments) {
    String[] given =
        Stream.of(arguments).filter(argument -> !argument.isEmpty()).toArray(String[]::new);
    return new Cli(stream(out), stream(err), Map.of("PATH", "/bin")).run(given);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
