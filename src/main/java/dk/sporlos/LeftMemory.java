package dk.sporlos;

import dk.sporlos.door.Memories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Memory that was left for a next process, and that none came for. */
public final class LeftMemory {
  private LeftMemory() {}

  /**
   * Removes what this user's processes left, of whatever spool, and what none would take any more.
   *
   * @return how many files
   * @throws IOException if one of them cannot be removed
   */
  public static int remove(Clock clock) throws IOException {
    return remove(HandOverPlace.all(), clock);
  }

  static int remove(List<HandOverPlace> places, Clock clock) throws IOException {
    Instant since = clock.instant().minus(Memories.LONGEST);
    int removed = 0;
    for (HandOverPlace place : places) {
      if (isOlder(place.file(), since) && place.isOwn(place.file())) {
        Files.deleteIfExists(place.file());
        removed++;
      }
    }
    return removed;
  }

  private static boolean isOlder(Path file, Instant since) throws IOException {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant().isBefore(since);
  }
}
