package dk.sporlos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DumpsTest {
  @TempDir private Path directory;
  private Path limits;

  @BeforeEach
  void write() throws IOException {
    limits = limits("unlimited");
  }

  @Test
  void coresAreWrongIfTheMachineAndTheSystemBothWriteThem() throws IOException {
    assertThat(Dumps.finding(false, true, limits).code()).isEqualTo("core-dumps");
    assertThat(Dumps.finding(false, false, limits)).isNull();
    assertThat(Dumps.finding(false, true, limits("0"))).isNull();
    assertThat(Dumps.finding(false, true, directory.resolve("none"))).isNull();
  }

  @Test
  void heapDumpsAreWrong() {
    assertThat(Dumps.finding(true, false, limits).code()).isEqualTo("heap-dumps");
  }

  @Test
  void thisProcessIsAsked() {
    // The tests' own Java machine writes no heap dumps; whether cores are written is its user's
    // matter.
    assertThat(Dumps.finding())
        .satisfiesAnyOf(
            finding -> assertThat(finding).isNull(),
            finding -> assertThat(finding.code()).isEqualTo("core-dumps"));
  }

  private Path limits(String soft) throws IOException {
    return Files.writeString(
        directory.resolve("limits"),
        """
        Limit                     Soft Limit           Hard Limit           Units
        Max file size             unlimited            unlimited            bytes
        Max core file size        %-20s unlimited            bytes
        """
            .formatted(soft));
  }
}
