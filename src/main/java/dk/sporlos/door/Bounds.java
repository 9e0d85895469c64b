package dk.sporlos.door;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/** Reads lengths that are checked before anything is made of that size. */
final class Bounds {
  private Bounds() {}

  /** A count that is not negative, and not more than there can be. */
  static int count(int count, long most) {
    if (count < 0 || count > most) {
      throw new IllegalArgumentException("no such count");
    }
    return count;
  }

  /** The number of things of a size, as far as so many can follow. */
  static int count(ByteBuffer in, int bytesEach) {
    int count = in.getInt();
    return count(count, in.remaining() / bytesEach);
  }

  static String text(ByteBuffer in) {
    return UTF_8.decode(slice(in)).toString();
  }

  /** As many bytes as the number before them says. */
  static ByteBuffer slice(ByteBuffer in) {
    int length = count(in, 1);
    ByteBuffer slice = in.slice(in.position(), length);
    in.position(in.position() + length);
    return slice;
  }

  static long[] longs(ByteBuffer in, int count) {
    long[] longs = new long[count];
    in.asLongBuffer().get(longs);
    in.position(in.position() + count * Long.BYTES);
    return longs;
  }
}
