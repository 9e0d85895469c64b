package dk.sporlos.door;

import java.util.Arrays;

/** The lines of an import by visitor, then by time, then as they came. */
final class LineOrder {

  /*
   * Counted out by visitor first; then the lines of each visitor are sorted as numbers that have the
   * time before the line, so that no object is made and no order takes long.
   */
  private static final int LINE_BITS = 21;
  private static final int LINE_MASK = (1 << LINE_BITS) - 1;

  private final long[] keys;

  /** By visitor, the place of the first line; the number of lines at the end. */
  private final int[] begins;

  LineOrder(LineColumns lines, int visitors) {
    this.keys = new long[lines.size()];
    this.begins = new int[visitors + 1];
    for (int line = 0; line < lines.size(); line++) {
      begins[lines.visitor(line) + 1]++;
    }
    for (int visitor = 0; visitor < visitors; visitor++) {
      begins[visitor + 1] += begins[visitor];
    }
    int[] next = begins.clone();
    for (int line = 0; line < lines.size(); line++) {
      keys[next[lines.visitor(line)]++] = lines.at(line) << LINE_BITS | line;
    }
    for (int visitor = 0; visitor < visitors; visitor++) {
      Arrays.sort(keys, begins[visitor], begins[visitor + 1]);
    }
  }

  int visitors() {
    return begins.length - 1;
  }

  /** Place of a visitor's first line; of the last visitor's end if there is no such visitor. */
  int begin(int visitor) {
    return begins[visitor];
  }

  /** The line at a place. */
  int line(int place) {
    return (int) (keys[place] & LINE_MASK);
  }
}
