package dk.sporlos.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClusterTest {
  @TempDir private Path root;

  @Test
  void isMadeWhereTheInitdbOfAKilledProcessCannotDisturbIt() throws Exception {
    List<String> places = new ArrayList<>();
    Commands failing =
        (command, directory, input, patience) -> {
          command.stream().filter(word -> word.startsWith("--pgdata=")).forEach(places::add);
          return new Commands.Outcome(1, "killed");
        };
    DataDirectory data = DataDirectory.prepared(root);
    Files.createDirectories(data.postgresql());
    Cluster cluster = new Cluster(data, new Binaries(root), failing, /* durable= */ false);

    for (int attempt = 0; attempt < 2; attempt++) {
      assertThatThrownBy(cluster::initialise).isInstanceOf(DatabaseException.class);
    }

    assertThat(places).hasSize(2).doesNotHaveDuplicates();
    cluster.removeUnfinished();
    assertThat(data.postgresql()).isEmptyDirectory();
  }
}
