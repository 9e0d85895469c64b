package dk.sporlos.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The temp directory, which cleaners empty whenever they like. */
final class EmbeddedServerTempTest {
  @RegisterExtension private final DataDirectories directories = new DataDirectories();

  @Test
  void neitherUsesNorMissesTheTempDirectory() throws IOException {
    Path temp = directories.empty();
    Path data = directories.unused();
    ChildJvm child =
        directories.remembered(
            ChildJvm.start(
                List.of("env", "TMPDIR=" + temp),
                ChildJvm.classPath(),
                List.of("-Djava.io.tmpdir=" + temp),
                ServerProgram.class,
                "serve",
                data.toString()));
    DatabaseUrl url = DatabaseUrl.parse(child.answer());

    try (Stream<Path> files = Files.list(temp)) {
      assertThat(files).isEmpty();
    }
    Directories.remove(temp);

    child.tell("migrate");
    assertThat(child.answer()).isEqualTo("migrated");
    Sql.execute(url, "create table kept as select generate_series(1, 100000) as number");
    assertThat(Sql.text(url, "select count(*) from (select number from kept order by -number)"))
        .isEqualTo("100000");
    child.tell("restart");
    assertThat(child.answer()).isEqualTo(url.uri());
    assertThat(Sql.text(url, "select count(*) from kept")).isEqualTo("100000");
  }
}
