package dk.sporlos;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.door.Deliveries;
import dk.sporlos.door.Memories;
import dk.sporlos.http.Sockets;
import dk.sporlos.testing.MovableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HandOverTest {
  private static final Path SHM = Path.of("/dev/shm");

  private final MovableClock clock = new MovableClock("2026-11-23T09:00:00Z");

  @TempDir private Path spool;

  @Test
  void leavesAFileInMemoryThatIsTheOwnersAloneAndReadOnce() throws Exception {
    HandOver predecessor = handOver();
    HandOver successor = handOver();

    predecessor.leave();

    Path file = file();
    assertThat(Files.getFileStore(file).type()).isIn("tmpfs", "ramfs");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
    assertThat(successor.take()).isTrue();
    assertThat(file).doesNotExist();
    assertThat(successor.take()).isFalse();
    Files.delete(file.getParent());
  }

  @Test
  void removesWhatItDoesNotBelieve() throws Exception {
    handOver().leave();
    Files.write(file(), new byte[] {1, 2, 3});

    assertThat(handOver().take()).isFalse();

    assertThat(file()).doesNotExist();
    Files.delete(file().getParent());
  }

  @Test
  void takesNothingFromAFileThatOthersMayWrite() throws Exception {
    handOver().leave();
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-rw-rw-"));

    assertThat(handOver().take()).isFalse();

    Files.deleteIfExists(file());
    Files.delete(file().getParent());
  }

  @Test
  void doesNotTakeADiskForMemory() {
    assertThat(HandOverPlace.firstInMemory(List.of(Path.of("/proc"), Path.of("/absent")))).isNull();
  }

  private HandOver handOver() {
    Assumptions.assumeTrue(HandOverPlace.firstInMemory(List.of(SHM)) != null, "no tmpfs here");
    HandOverPlace place = place();
    return new HandOver(
        new Memories(List.of(new Deliveries(clock, new SecureRandom()))),
        clock,
        place,
        new Succession(null, spool, new Sockets()));
  }

  private Path file() {
    return place().file();
  }

  private HandOverPlace place() {
    return Objects.requireNonNull(HandOverPlace.of(spool));
  }
}
