package dk.sporlos.door;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Visits of an import as ranges of its ordered lines, by column. */
final class VisitRanges {
  private static final int FEW = 256;

  /** As many visits as lines can be told apart. */
  private static final int PLACE_BITS = 21;

  private static final int PLACE_MASK = (1 << PLACE_BITS) - 1;
  private static final int RANDOM_BITS = 23;

  private int size;
  private int[] from = new int[FEW];
  private int[] to = new int[FEW];
  private long[] number = new long[FEW];
  private long[] visitor = new long[FEW];
  private int[] day = new int[FEW];

  int size() {
    return size;
  }

  /**
   * Adds one.
   *
   * @param place of its first line
   * @param epochDay its day, in days since 1970
   */
  void begin(int place, long number, long visitor, int epochDay) {
    if (size == from.length) {
      int length = size + size / 2;
      this.from = Arrays.copyOf(this.from, length);
      this.to = Arrays.copyOf(this.to, length);
      this.number = Arrays.copyOf(this.number, length);
      this.visitor = Arrays.copyOf(this.visitor, length);
      this.day = Arrays.copyOf(this.day, length);
    }
    this.from[size] = place;
    this.to[size] = place + 1;
    this.number[size] = number;
    this.visitor[size] = visitor;
    this.day[size] = epochDay;
    size++;
  }

  /** Notes that the last one goes up to a place, which is not part of it. */
  void extend(int place) {
    to[size - 1] = place;
  }

  int from(int visit) {
    return from[visit];
  }

  int to(int visit) {
    return to[visit];
  }

  long number(int visit) {
    return number[visit];
  }

  long visitor(int visit) {
    return visitor[visit];
  }

  /** In days since 1970. */
  int day(int visit) {
    return day[visit];
  }

  /** All of them by day, and at random within a day. */
  int[] shuffled(RandomGenerator random) {
    long[] keys = new long[size];
    for (int visit = 0; visit < size; visit++) {
      long bits = random.nextInt(1 << RANDOM_BITS);
      keys[visit] = ((long) day[visit] << RANDOM_BITS | bits) << PLACE_BITS | visit;
    }
    Arrays.sort(keys);
    int[] visits = new int[size];
    Arrays.setAll(visits, place -> (int) (keys[place] & PLACE_MASK));
    return visits;
  }
}
