package dk.sporlos.spool;

import static dk.sporlos.door.HitMother.aHit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.sporlos.database.DatabaseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
  private static final int SMALL_SEGMENT = 1_000;
  private static final long ROOM = 1_000_000;

  @TempDir private Path directory;

  @Test
  void givesBatchesBackInTheOrderInWhichTheyCame() throws Exception {
    List<Batch> batches = batches(40);
    try (Spool spool = Spool.open(directory, ROOM, SMALL_SEGMENT)) {
      append(spool, batches);

      assertThat(segments()).hasSizeGreaterThan(3);
      assertThat(drained(spool)).isEqualTo(batches);
      assertThat(spool.contents()).isEqualTo(new Spool.Contents(0, 0, null, 0));
    }
    assertThat(segments()).isEmpty();
  }

  @Test
  void takesBatchesWhileOlderOnesAreRead() throws Exception {
    List<Batch> batches = batches(4);
    try (Spool spool = Spool.open(directory, ROOM)) {
      append(spool, batches.subList(0, 2));
      assertThat(spool.oldest()).isEqualTo(batches.get(0));

      append(spool, batches.subList(2, 4));

      assertThat(drained(spool)).isEqualTo(batches);
    }
  }

  @Test
  void keepsABatchUntilItIsSaidToBeStored() throws Exception {
    List<Batch> batches = batches(3);
    try (Spool spool = Spool.open(directory, ROOM)) {
      append(spool, batches);
      spool.oldest();
      spool.stored();
      assertThat(spool.contents().batches()).isEqualTo(2);
      assertThat(spool.oldest()).isEqualTo(batches.get(1));
    }

    try (Spool again = Spool.open(directory, ROOM)) {
      assertThat(drained(again)).isEqualTo(batches);
    }
  }

  @Test
  void tellsHowOldItsOldestHitIs() throws Exception {
    Instant young = Instant.parse("2026-11-02T10:00:05Z");
    Instant old = Instant.parse("2026-11-02T10:00:01Z");
    try (Spool spool = Spool.open(directory, ROOM)) {
      assertThat(spool.contents().oldest()).isNull();
      spool.append(Batch.of(List.of(aHit().at(young).build())), false);
      spool.append(Batch.of(List.of(aHit().at(young).build(), aHit().at(old).build())), false);

      assertThat(spool.contents().oldest()).isEqualTo(old);
    }
    try (Spool again = Spool.open(directory, ROOM)) {
      assertThat(again.contents().oldest()).isEqualTo(old);
      assertThat(again.contents().batches()).isEqualTo(2);
      drained(again);
      assertThat(again.contents().oldest()).isNull();
    }
  }

  @Test
  void refusesWhatExceedsItsCapacityButForABatchThatMayHaveBeenStored() throws Exception {
    try (Spool spool = Spool.open(directory, 500)) {
      spool.append(batches(1).get(0), false);
      spool.append(batches(1).get(0), false);
      assertThatThrownBy(() -> append(spool, batches(10))).isInstanceOf(SpoolFullException.class);

      spool.append(batches(1).get(0), true);
      spool.append(batches(1).get(0), true);

      assertThat(spool.isFull()).isTrue();
      drained(spool);
      assertThat(spool.isFull()).isFalse();
    }
  }

  @Test
  void isFullFromTheFirstBatchThatItRefuses() throws Exception {
    try (Spool spool = Spool.open(directory, 500)) {
      assertThatThrownBy(() -> append(spool, batches(10))).isInstanceOf(SpoolFullException.class);
      assertThat(spool.contents().bytes()).isLessThan(500);

      assertThat(spool.isFull()).isTrue();
      drained(spool);
      assertThat(spool.isFull()).isFalse();
    }
  }

  @Test
  void leavesNoFileBehindThatCouldNotBeBegun() throws Exception {
    try (Spool spool = Spool.open(directory, ROOM)) {
      appendInVain(spool);
      assertThat(segments()).isEmpty();
      assertThat(spool.isUnwritable()).isTrue();

      spool.tryAgain();
      assertThat(spool.isUnwritable()).isFalse();
      append(spool, batches(2));
      appendInVain(spool);
      append(spool, batches(1));

      assertThat(drained(spool)).hasSize(3);
    }
    assertThat(segments()).isEmpty();
  }

  @Test
  void doesNotTakeABatchIntoAFileThatSomebodyRemoved() throws Exception {
    try (Spool spool = Spool.open(directory, ROOM)) {
      append(spool, batches(1));
      Files.delete(segments().get(0));

      assertThatThrownBy(() -> append(spool, batches(1))).isInstanceOf(IOException.class);

      append(spool, batches(1));
      assertThat(drained(spool)).hasSize(1);
      assertThat(spool.isEmpty()).isTrue();
    }
  }

  @Test
  void goesOnBehindAFileThatSomebodyRemoved() throws Exception {
    List<Batch> batches = batches(40);
    try (Spool spool = Spool.open(directory, ROOM, SMALL_SEGMENT)) {
      append(spool, batches);
      Files.delete(segments().get(0));
      Files.delete(segments().get(0));

      assertThat(drained(spool)).isNotEmpty().isSubsetOf(batches).endsWith(batches.get(39));
      assertThat(spool.contents()).isEqualTo(new Spool.Contents(0, 0, null, 0));
    }
  }

  @Test
  void owesNothingOfWhatWasStoredAfterItsDirectoryWasRemoved() throws Exception {
    Path made = directory.resolve("spool");
    Spool spool = Spool.open(made, ROOM);
    append(spool, batches(1));
    spool.oldest();
    try (Stream<Path> files = Files.list(made)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(made);

    assertThatThrownBy(spool::stored).isInstanceOf(IOException.class);

    assertThat(spool.contents()).isEqualTo(new Spool.Contents(0, 0, null, 0));
    assertThat(spool.oldest()).isNull();
    spool.close();
  }

  @Test
  void isStuckWhileAFileOfItCannotBeRead() throws Exception {
    try (Spool spool = Spool.open(directory, ROOM)) {
      append(spool, batches(1));
      Path file = segments().get(0);
      Path away = directory.resolve("away");
      Files.move(file, away);
      Files.createDirectory(file);
      assertThatThrownBy(spool::oldest).isInstanceOf(IOException.class);
      assertThat(spool.isStuck()).isTrue();

      Files.delete(file);
      Files.move(away, file);

      assertThat(drained(spool)).hasSize(1);
      assertThat(spool.isStuck()).isFalse();
    }
  }

  @Test
  void putsAFileOfWhichNothingCanBeReadAsideAtOnce() throws Exception {
    Spool.open(directory, ROOM).close();
    Files.writeString(
        directory.resolve("0000000000000000001.spool"), "nothing that was written so");

    try (Spool spool = Spool.open(directory, ROOM)) {
      assertThat(spool.contents()).isEqualTo(new Spool.Contents(0, 0, null, 1));
    }
  }

  @Test
  void passesOverWhatACrashLeftUnfinishedWhereverItCutTheFile() throws Exception {
    List<Batch> batches = batches(3);
    List<Integer> ends = new ArrayList<>();
    try (Spool spool = Spool.open(directory, ROOM)) {
      for (Batch batch : batches) {
        spool.append(batch, false);
        ends.add((int) spool.contents().bytes());
      }
    }
    Path file = segments().get(0);
    byte[] whole = Files.readAllBytes(file);

    for (int length = 0; length <= whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      int cut = length;
      int left = (int) ends.stream().filter(end -> end <= cut).count();
      Segment segment = Segment.read(file);
      assertThat(segment.isDamaged()).as("cut at " + length).isFalse();
      assertThat(segment.batches()).as("cut at " + length).isEqualTo(left);
    }
  }

  @Test
  void takesZerosAtTheEndForSomethingUnfinished() throws Exception {
    try (Spool spool = Spool.open(directory, ROOM)) {
      append(spool, batches(2));
    }
    Path file = segments().get(0);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length + 4_096));

    Segment segment = Segment.read(file);

    assertThat(segment.isDamaged()).isFalse();
    assertThat(segment.batches()).isEqualTo(2);
  }

  @Test
  void losesOneBatchAtMostToABitThatTurnedAndNoticesEveryOne() throws Exception {
    List<Batch> batches = batches(3);
    try (Spool spool = Spool.open(directory, ROOM)) {
      append(spool, batches);
    }
    Path file = segments().get(0);
    byte[] whole = Files.readAllBytes(file);

    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] turned = whole.clone();
      turned[bit / 8] ^= (byte) (1 << (bit % 8));
      Files.write(file, turned);
      Segment segment = Segment.read(file);
      assertThat(segment.isDamaged()).as("bit " + bit).isTrue();
      assertThat(segment.batches()).as("bit " + bit).isGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void putsADamagedFileAsideAndGoesOnWithTheRest() throws Exception {
    List<Batch> batches = batches(40);
    try (Spool spool = Spool.open(directory, ROOM, SMALL_SEGMENT)) {
      append(spool, batches);
    }
    Path file = segments().get(1);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);

    try (Spool again = Spool.open(directory, ROOM, SMALL_SEGMENT)) {
      List<Batch> found = drained(again);

      assertThat(found).hasSize(39).isSubsetOf(batches);
      assertThat(again.contents().damagedFiles()).isEqualTo(1);
      again.append(batches.get(0), false);
    }
    assertThat(names()).anyMatch(name -> name.endsWith(".damaged"));
    try (Spool third = Spool.open(directory, ROOM)) {
      assertThat(third.contents().damagedFiles()).isEqualTo(1);
      assertThat(drained(third)).containsExactly(batches.get(0));
    }
  }

  @Test
  void removesDamagedFilesThatWereWrittenBeforeAnInstant() throws Exception {
    Instant limit = Instant.parse("2026-03-01T00:00:00Z");
    for (int file = 1; file <= 3; file++) {
      Path damaged = directory.resolve("%019d.damaged".formatted(file));
      Files.write(damaged, new byte[] {1});
      Files.setLastModifiedTime(damaged, FileTime.from(limit.plusSeconds(file - 2)));
    }

    try (Spool spool = Spool.open(directory, ROOM)) {
      assertThat(spool.damagedBefore(limit)).isEqualTo(1);
      spool.forgetDamaged(limit);

      assertThat(spool.contents().damagedFiles()).isEqualTo(2);
    }
    assertThat(names()).filteredOn(name -> name.endsWith(".damaged")).hasSize(2);
  }

  @Test
  void belongsToOneOwnerAtATimeAndKeepsItsNumber() throws Exception {
    Spool first = Spool.open(directory, ROOM);
    assertThatThrownBy(() -> Spool.open(directory, ROOM))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("in use by another process")
        .hasMessageContaining("--spool");
    first.close();

    try (Spool second = Spool.open(directory, ROOM)) {
      assertThat(second.id()).isEqualTo(first.id());
    }
  }

  @Test
  void nobodyButItsOwnerMayReadIt() throws Exception {
    Path made = directory.resolve("deep/spool");
    try (Spool spool = Spool.open(made, ROOM)) {
      append(spool, batches(1));

      try (Stream<Path> files = Files.list(made)) {
        for (Path file : files.toList()) {
          assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
              .isEqualTo("rw-------");
        }
      }
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
          .isEqualTo("rwx------");
    }
  }

  private static List<Batch> batches(int count) {
    return IntStream.range(0, count)
        .mapToObj(visit -> Batch.of(List.of(aHit().visit(visit).path("/" + visit).build())))
        .toList();
  }

  private static void append(Spool spool, List<Batch> batches) throws IOException {
    for (Batch batch : batches) {
      spool.append(batch, false);
    }
  }

  /** As on a disk that does not obey: a channel refuses whoever is interrupted. */
  private static void appendInVain(Spool spool) {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> append(spool, batches(1))).isInstanceOf(IOException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  private static List<Batch> drained(Spool spool) throws IOException {
    List<Batch> batches = new ArrayList<>();
    Batch next = spool.oldest();
    while (next != null) {
      batches.add(next);
      spool.stored();
      next = spool.oldest();
    }
    return batches;
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".spool")).sorted().toList();
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
