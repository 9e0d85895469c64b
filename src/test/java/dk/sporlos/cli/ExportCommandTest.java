package dk.sporlos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest {

  @TempDir private Path directory;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final String database = TestDatabase.create().uri();

  @BeforeEach
  void addSite() {
    assertThat(run("site", "add", "example.com")).isEqualTo(Cli.OK);
  }

  @Test
  void writesAZipAndNothingElse() throws Exception {
    Path file = directory.resolve("figures.zip");
    Files.writeString(file, "what was there before");

    assertThat(run("export", "--site", "example.com", "--to", file.toString())).isEqualTo(Cli.OK);

    try (ZipFile zip = new ZipFile(file.toFile());
        Stream<Path> files = Files.list(directory)) {
      assertThat(zip.size()).isEqualTo(10);
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void writesAllTotalsAsLines() {
    Path file = directory.resolve("totals.ndjson");

    assertThat(run("export", "--site", "example.com", "--to", file.toString())).isEqualTo(Cli.OK);

    assertThat(file).isEmptyFile();
  }

  @Test
  void saysWhatItCanWrite() {
    assertThat(run("export", "--site", "example.com", "--to", "figures.xls"))
        .isEqualTo(Cli.MENDABLE);

    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("--to: figures.xls has to end in .zip or .ndjson");
  }

  @Test
  void saysThatItCannotWriteThere() {
    Path nowhere = directory.resolve("nowhere/figures.zip");

    assertThat(run("export", "--site", "example.com", "--to", nowhere.toString()))
        .isEqualTo(Cli.MENDABLE);

    assertThat(err.toString(StandardCharsets.UTF_8)).contains(nowhere + " cannot be written");
  }

  private int run(String... words) {
    String[] arguments =
        Stream.concat(Stream.of(words), Stream.of("--database", database)).toArray(String[]::new);
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    return new Cli(nowhere, new PrintStream(err, true, StandardCharsets.UTF_8), Map.of())
        .run(arguments);
  }
}
