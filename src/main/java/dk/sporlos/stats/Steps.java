package dk.sporlos.stats;

import io.vertx.core.buffer.Buffer;

/**
 * The steps of a visit in order, read from column {@code visit.steps} as {@code unpack()} reads it.
 *
 * @param packed eight bytes a step
 */
record Steps(Buffer packed) {

  private static final int BYTES = 8;
  private static final int UNKNOWN_SCROLL = 127;

  int count() {
    return packed.length() / BYTES;
  }

  int page(int step) {
    return packed.getInt(step * BYTES);
  }

  boolean isView(int step) {
    return what(step) >= 0;
  }

  /** The name of an event. */
  int event(int step) {
    return -what(step);
  }

  /** How far a page that was viewed was scrolled, in percent; 0 if that was not reported. */
  int scroll(int step) {
    int scroll = what(step) & UNKNOWN_SCROLL;
    return scroll == UNKNOWN_SCROLL ? 0 : scroll;
  }

  private int what(int step) {
    return packed.getInt(step * BYTES + Integer.BYTES);
  }
}
