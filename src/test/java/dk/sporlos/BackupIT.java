package dk.sporlos;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.testing.Jar;
import dk.sporlos.testing.RunningServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The drill: a copy is made beside a server that runs, the disk is lost, figures are as before. */
class BackupIT {
  @TempDir private Path directory;

  @Test
  void figuresAreEqualBeforeAndAfter() throws Exception {
    String lost = directory.resolve("lost").toString();
    String restored = directory.resolve("restored").toString();
    String file = directory.resolve("backup.zip").toString();
    Jar.run("site", "add", "example.com", "--data", lost);
    String figures;
    try (RunningServer server = RunningServer.on(Path.of(lost))) {
      for (String path : new String[] {"/a", "/a", "/b"}) {
        assertThat(server.beacon(beacon(path)).statusCode()).isEqualTo(202);
      }
      figures = Jar.run("stats", "example.com", "--data", lost).out();
      assertThat(figures).contains("/a", "/b");

      Jar.Outcome backup = Jar.run("backup", file, "--data", lost);
      assertThat(backup.exitCode()).as(backup.err()).isZero();
      Jar.Outcome refused = Jar.run("restore", file, "--data", lost);
      assertThat(refused.exitCode()).isEqualTo(2);
    }

    Jar.Outcome restore = Jar.run("restore", file, "--data", restored);

    assertThat(restore.exitCode()).as(restore.err()).isZero();
    String after = Jar.run("stats", "example.com", "--data", restored).out();
    assertThat(after).startsWith(figures);
    assertThat(after.substring(figures.length())).contains("a process lost its memory");
    try (RunningServer server = RunningServer.on(Path.of(restored))) {
      assertThat(server.beacon(beacon("/c")).statusCode()).isEqualTo(202);
      assertThat(Jar.run("stats", "example.com", "--data", restored).out()).contains("/a", "/c");
    }
  }

  private static String beacon(String path) {
    return "{\"d\":\"example.com\",\"n\":\"pageview\",\"u\":\"https://example.com%s\"}"
        .formatted(path);
  }
}
