package dk.sporlos.transfer;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** Takes a body apart into lines, as it comes. Lines of nothing but spaces are passed over. */
final class LineSplitter {

  /** Longer than any line that can be taken, in bytes. */
  static final int LONGEST = 64 * 1024;

  private final Lines lines;
  private Buffer rest = Buffer.buffer();
  private boolean overlong;
  private int number = 1;

  /** Hears of lines. */
  @FunctionalInterface
  interface Lines {

    /**
     * A line.
     *
     * @param number from 1, counting those that are passed over
     * @param line without its end; null if it is longer than {@link #LONGEST}
     */
    void line(int number, @Nullable Buffer line);
  }

  LineSplitter(Lines lines) {
    this.lines = lines;
  }

  void add(Buffer chunk) {
    byte[] bytes = chunk.getBytes();
    int begin = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        append(chunk, begin, i);
        end();
        begin = i + 1;
      }
    }
    append(chunk, begin, bytes.length);
  }

  /** Takes what comes after the last end of a line as one. */
  void finish() {
    if (rest.length() > 0 || overlong) {
      end();
    }
  }

  private void append(Buffer chunk, int begin, int end) {
    if (overlong || rest.length() + end - begin > LONGEST) {
      overlong = true;
      rest = Buffer.buffer();
    } else {
      rest.appendBuffer(chunk, begin, end - begin);
    }
  }

  private void end() {
    if (overlong || !isBlank(rest)) {
      lines.line(number, overlong ? null : rest);
    }
    number++;
    overlong = false;
    rest = Buffer.buffer();
  }

  private static boolean isBlank(Buffer line) {
    for (int i = 0; i < line.length(); i++) {
      if (line.getByte(i) != ' ' && line.getByte(i) != '\t' && line.getByte(i) != '\r') {
        return false;
      }
    }
    return true;
  }
}
