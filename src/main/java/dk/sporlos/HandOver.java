package dk.sporlos;

import dk.sporlos.door.Memories;
import dk.sporlos.door.SecretBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands memory over to the next process at the same spool: to one that asks for it, else by a file
 * on a file system that is in memory itself. The file is the owner's only, is read once, and is
 * gone before it is read.
 */
final class HandOver {

  /*
   * What is written is not overwritten with zeros before it is removed: a tmpfs has no blocks that
   * would keep it, and zeros written to it may go to other pages than those that were swapped out.
   * The kernel clears a page before it gives it to another process.
   */
  private static final Logger LOG = LoggerFactory.getLogger(HandOver.class);
  private static final long MOST_BYTES = 1 << 30;

  private final Memories memories;
  private final Clock clock;
  private final @Nullable HandOverPlace place;
  private final Succession succession;

  /**
   * @param place null if nothing is to be handed over by a file
   */
  HandOver(Memories memories, Clock clock, @Nullable HandOverPlace place, Succession succession) {
    this.memories = memories;
    this.clock = clock;
    this.place = place;
    this.succession = succession;
  }

  /** Takes what the predecessor left; false if that is nothing, or not all. */
  boolean take() {
    byte[] bytes = null;
    try {
      bytes = succession.inherited();
      if (bytes == null && place != null) {
        bytes = readOnce(place);
      }
      return bytes != null && memories.take(bytes, clock.instant());
    } catch (Memories.RefusedException refused) {
      LOG.warn(
          "what the process before this one handed over is not taken: {}", refused.getMessage());
    } catch (IOException failure) {
      LOG.warn("what the process before this one handed over cannot be read: {}", said(failure));
    } finally {
      if (bytes != null) {
        Arrays.fill(bytes, (byte) 0);
      }
    }
    return false;
  }

  /** Leaves all to the successor; false if it could not. Nothing may be under way any more. */
  boolean leave() {
    if (place == null) {
      return false;
    }
    try (SecretBytes bytes = memories.write(clock.instant())) {
      if (!succession.bequeath(bytes)) {
        place.make();
        Files.deleteIfExists(place.file());
        write(bytes, place.file());
      }
      return true;
    } catch (IOException | RuntimeException failure) {
      LOG.warn("memory is not handed over, visitors of today may count twice: {}", said(failure));
      return false;
    }
  }

  private static void write(SecretBytes bytes, Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(
                PosixFilePermissions.fromString(HandOverPlace.OWNER_ONLY)))) {
      bytes.writeTo(channel);
    } catch (IOException failure) {
      Files.deleteIfExists(file);
      throw failure;
    }
  }

  private static byte @Nullable [] readOnce(HandOverPlace place) throws IOException {
    Path file = place.file();
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return null;
    }
    place.check(file);
    try (FileChannel channel =
        FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      Files.delete(file);
      if (channel.size() > MOST_BYTES) {
        throw new IOException("it is too large");
      }
      return read(channel);
    } catch (NoSuchFileException taken) {
      return null;
    }
  }

  private static byte[] read(FileChannel channel) throws IOException {
    byte[] bytes = new byte[(int) channel.size()];
    ByteBuffer chunk = ByteBuffer.allocateDirect(1 << 16);
    int length = 0;
    while (length < bytes.length && channel.read(chunk.clear()) > 0) {
      int count = Math.min(chunk.flip().remaining(), bytes.length - length);
      chunk.get(bytes, length, count);
      length += count;
    }
    chunk.clear().put(new byte[chunk.capacity()]);
    return bytes;
  }

  /** Not with what an exception of reading may quote. */
  private static String said(Exception failure) {
    return failure instanceof IOException ? String.valueOf(failure.getMessage()) : "it is damaged";
  }
}
