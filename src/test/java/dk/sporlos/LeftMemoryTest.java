package dk.sporlos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that processes left that were stopped for good. */
final class LeftMemoryTest {
  private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");

  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);

  @TempDir private Path base;

  @Test
  void whatNoProcessWouldTakeAnyMoreIsRemoved() throws IOException {
    HandOverPlace old = left("a", Duration.ofMinutes(11));
    HandOverPlace fresh = left("b", Duration.ofMinutes(9));

    assertThat(LeftMemory.remove(List.of(old, fresh), clock)).isEqualTo(1);

    assertThat(old.file()).doesNotExist();
    assertThat(fresh.file()).exists();
  }

  @Test
  void whatIsNotThisUsersAloneIsNotTouched() throws IOException {
    HandOverPlace other = left("a", Duration.ofMinutes(11));
    Files.setPosixFilePermissions(other.file(), PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(LeftMemory.remove(List.of(other), clock)).isZero();

    assertThat(other.file()).exists();
  }

  @Test
  void placesOfAllSpoolsAreLookedAt() throws IOException {
    HandOverPlace one = left("a", Duration.ZERO);
    HandOverPlace other = left("b", Duration.ZERO);
    Files.createDirectory(base.resolve("unrelated"));

    assertThat(HandOverPlace.allIn(base)).containsExactlyInAnyOrder(one, other);
  }

  private HandOverPlace left(String spool, Duration ago) throws IOException {
    HandOverPlace place = HandOverPlace.in(base, Path.of(spool));
    place.make();
    Files.createFile(
        place.file(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.setLastModifiedTime(place.file(), FileTime.from(NOW.minus(ago)));
    return place;
  }
}
