package dk.sporlos.door;

import java.util.Arrays;

/** What is kept of the lines of an import, by column. */
final class LineColumns {
  static final int PAGE_VIEW = -1;
  static final int ENGAGEMENT = -2;

  /** Where nothing is said. */
  static final int NONE = -1;

  private static final int FEW = 1_024;

  private int size;
  private int[] visitor = new int[FEW];
  private long[] at = new long[FEW];
  private int[] page = new int[FEW];

  /** Number of an event, or one of the two above. */
  private int[] action = new int[FEW];

  private int[] engaged = new int[FEW];
  private byte[] scroll = new byte[FEW];
  private int[] attributes = new int[FEW];
  private int[] said = new int[FEW];

  /**
   * A line.
   *
   * @param at in seconds since 1970
   * @param engaged milliseconds, or {@link #NONE}
   * @param scroll percent, or {@link #NONE}
   * @param said number of what is said of the action, or {@link #NONE}
   */
  record Line(
      int visitor,
      long at,
      int page,
      int action,
      int engaged,
      int scroll,
      int attributes,
      int said) {

    /** Whether it says how its page was looked at. */
    boolean isEngaged() {
      return engaged != NONE || scroll != NONE;
    }
  }

  int size() {
    return size;
  }

  void add(Line line) {
    if (size == visitor.length) {
      grow(size + size / 2);
    }
    visitor[size] = line.visitor;
    at[size] = line.at;
    page[size] = line.page;
    action[size] = line.action;
    engaged[size] = line.engaged;
    scroll[size] = (byte) line.scroll;
    attributes[size] = line.attributes;
    said[size] = line.said;
    size++;
  }

  private void grow(int length) {
    visitor = Arrays.copyOf(visitor, length);
    at = Arrays.copyOf(at, length);
    page = Arrays.copyOf(page, length);
    action = Arrays.copyOf(action, length);
    engaged = Arrays.copyOf(engaged, length);
    scroll = Arrays.copyOf(scroll, length);
    attributes = Arrays.copyOf(attributes, length);
    said = Arrays.copyOf(said, length);
  }

  int visitor(int line) {
    return visitor[line];
  }

  long at(int line) {
    return at[line];
  }

  Line get(int line) {
    return new Line(
        visitor[line],
        at[line],
        page[line],
        action[line],
        engaged[line],
        scroll[line],
        attributes[line],
        said[line]);
  }
}
