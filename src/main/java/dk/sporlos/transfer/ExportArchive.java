package dk.sporlos.transfer;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A zip that is made piece by piece, so that it needs no more memory than a piece. Used by one
 * thread at a time.
 */
final class ExportArchive {

  /** So that the same figures give the same bytes; an entry's own time means nothing. */
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8);

  /** Begins a file, and ends the one before. */
  ExportArchive begin(String name) {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(NO_TIME);
    try {
      zip.putNextEntry(entry);
      return this;
    } catch (IOException impossible) {
      throw inMemory(impossible);
    }
  }

  /** Adds a text to the file that was begun. */
  ExportArchive add(String text) {
    try {
      zip.write(text.getBytes(StandardCharsets.UTF_8));
      return this;
    } catch (IOException impossible) {
      throw inMemory(impossible);
    }
  }

  /** Ends the last file and the zip, and takes what is left. */
  Buffer end() {
    try {
      zip.close();
      return take();
    } catch (IOException impossible) {
      throw inMemory(impossible);
    }
  }

  /** What is ready to be written, and has not been taken before. */
  Buffer take() {
    Buffer ready = Buffer.buffer(bytes.toByteArray());
    bytes.reset();
    return ready;
  }

  private static UncheckedIOException inMemory(IOException impossible) {
    return new UncheckedIOException("memory takes whatever is written", impossible);
  }
}
