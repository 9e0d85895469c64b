package dk.sporlos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupCommandTest {

  @TempDir private Path directory;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final String database = TestDatabase.create().uri();
  private String file = "";

  @BeforeEach
  void addSite() {
    file = directory.resolve("backup.zip").toString();
    assertThat(run(database, "site", "add", "example.com")).isEqualTo(Cli.OK);
  }

  @Test
  void whatWasBackedUpIsThereAgain() throws Exception {
    String restored = TestDatabase.createEmpty().uri();

    assertThat(run(database, "backup", file)).isEqualTo(Cli.OK);
    assertThat(run(restored, "restore", file)).isEqualTo(Cli.OK);
    assertThat(run(restored, "site", "list")).isEqualTo(Cli.OK);

    assertThat(out.toString(StandardCharsets.UTF_8)).contains("restored", "example.com");
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("Everybody signs in anew");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(Path.of(file));
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(file))))
        .isEqualTo("rw-------");
  }

  @Test
  void aFileThatIsThereIsKept() throws Exception {
    Files.writeString(Path.of(file), "last week's");

    assertThat(run(database, "backup", file)).isEqualTo(Cli.MENDABLE);

    assertThat(Path.of(file)).hasContent("last week's");
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(file + " is there already");
  }

  @Test
  void saysThatItCannotWriteThere() {
    assertThat(run(database, "backup", directory.resolve("none/backup.zip").toString()))
        .isEqualTo(Cli.MENDABLE);

    assertThat(err.toString(StandardCharsets.UTF_8)).contains("its directory is not there");
  }

  @Test
  void saysWhatIsNoBackup() throws Exception {
    Files.writeString(Path.of(file), "a letter");

    assertThat(run(TestDatabase.createEmpty().uri(), "restore", file)).isEqualTo(Cli.MENDABLE);

    assertThat(err.toString(StandardCharsets.UTF_8)).contains(file + " cannot be read as a backup");
  }

  private int run(String database, String... words) {
    String[] arguments =
        Stream.concat(Stream.of(words), Stream.of("--database", database)).toArray(String[]::new);
    return new Cli(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Map.of())
        .run(arguments);
  }
}
