package dk.sporlos.cli;

import dk.sporlos.database.Directories;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that a command writes: beside its place first, so that under its name it is whole, and on
 * the disk. Only its owner may read it.
 */
final class WholeFile {
  private WholeFile() {}

  /** What fills a file that is there and empty. */
  interface Writing<T> {
    T to(Path part) throws IOException;
  }

  /**
   * Writes one.
   *
   * @param how as {@link Files#move} takes it: without options a file that is there is kept
   * @return what the writing returns
   */
  static <T> T write(Path file, Writing<T> writing, CopyOption... how) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Path part = Files.createTempFile(directory, "sporlos-", ".part");
    try {
      T written = writing.to(part);
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        channel.force(/* metaData= */ true);
      }
      Files.move(part, file, how);
      Directories.sync(directory);
      return written;
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
