package dk.sporlos.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class DataDirectoryTest {
  @RegisterExtension private final DataDirectories directories = new DataDirectories();

  @Test
  void leavesADirectoryAloneThatBelongsToSomethingElse() throws IOException {
    Path directory = directories.empty();
    Files.writeString(directory.resolve("thesis.txt"), "all my work");

    assertThatThrownBy(() -> EmbeddedServer.serve(directory, 0))
        .isInstanceOf(DatabaseException.class)
        .hasMessage(
            "The directory %s is not empty and not Sporløs's (it has no file named format): name another with --data.",
            directory);
    assertThat(names(directory)).containsExactly("thesis.txt");
  }

  @Test
  void refusesAFile() throws IOException {
    Path file = Files.writeString(directories.empty().resolve("data"), "text");

    assertThatThrownBy(() -> EmbeddedServer.serve(file, 0))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("%s is a file: name another with --data", file);
    assertThatThrownBy(() -> EmbeddedServer.serve(file.resolve("below"), 0))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("%s is a file: name another with --data", file);
  }

  @Test
  void refusesAFormatOfTheFuture() throws IOException {
    Path directory = directories.unused();
    Files.writeString(directory.resolve("format"), "sporlos 2\n");

    assertThatThrownBy(() -> EmbeddedServer.serve(directory, 0))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("has the format \"sporlos 2\"")
        .hasMessageContaining("start the version that made it");
  }

  @Test
  void refusesTheDataOfAnotherMajorVersionAndSaysHowToMoveThem() throws IOException {
    Path directory = directories.unused();
    directories.serve(directory).close();
    Path version = directory.resolve("postgresql/cluster/PG_VERSION");
    Files.writeString(version, "17\n");

    assertThatThrownBy(() -> EmbeddedServer.serve(directory, 0))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("is PostgreSQL 17's, and this version of Sporløs has 18")
        .hasMessageContaining("sporlos backup FILE.zip")
        .hasMessageContaining("sporlos restore FILE.zip");

    Files.writeString(version, "18\n");
    directories.serve(directory);
  }

  @Test
  void saysThatThePasswordIsGone() throws IOException {
    Path directory = directories.unused();
    directories.serve(directory).close();
    Files.delete(directory.resolve("postgresql/password"));

    assertThatThrownBy(() -> EmbeddedServer.serve(directory, 0))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("postgresql/password")
        .hasMessageContaining("restore it");
    assertThat(DataDirectories.servers(directory)).isZero();
  }

  @Test
  void locatesNothingWhereNothingIs() throws IOException {
    Path directory = directories.empty();

    assertThatThrownBy(() -> EmbeddedServer.locate(directory))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("There is no data of Sporløs in " + directory);
    assertThatThrownBy(() -> EmbeddedServer.locate(directory.resolve("nowhere")))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("There is no data of Sporløs in ");
    assertThat(names(directory)).isEmpty();
  }

  @Test
  void locatesNothingBeforeTheFirstStart() {
    Path directory = directories.unused();

    assertThatThrownBy(() -> EmbeddedServer.locate(directory))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("was never started: start it with the command serve");
  }

  private static Stream<String> names(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(entry -> entry.getFileName().toString()).toList().stream();
    }
  }
}
