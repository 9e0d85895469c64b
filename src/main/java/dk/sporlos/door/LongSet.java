package dk.sporlos.door;

/** A set of uniformly distributed numbers, in 11 to 22 bytes each. Not safe for many threads. */
final class LongSet {

  /*
   * Open addressing with linear probing, at most three quarters full. The numbers are uniformly
   * distributed, so their low bits are the slot. 0 marks a free slot, hence `hasZero`.
   */
  private static final int FEWEST_SLOTS = 16;

  private long[] slots = new long[FEWEST_SLOTS];
  private boolean hasZero;
  private int size;

  int size() {
    return size;
  }

  boolean contains(long number) {
    return number == 0 ? hasZero : slots[slotOf(slots, number)] == number;
  }

  /** Adds a number; false if it is there already. */
  boolean add(long number) {
    if (contains(number)) {
      return false;
    }
    size++;
    if (number == 0) {
      hasZero = true;
      return true;
    }
    if (4L * size > 3L * slots.length) {
      grow();
    }
    slots[slotOf(slots, number)] = number;
    return true;
  }

  void clear() {
    slots = new long[FEWEST_SLOTS];
    hasZero = false;
    size = 0;
  }

  /** All, in no order. */
  long[] toArray() {
    long[] all = new long[size];
    int next = hasZero ? 1 : 0;
    for (long number : slots) {
      if (number != 0) {
        all[next++] = number;
      }
    }
    return all;
  }

  private void grow() {
    long[] larger = new long[slots.length * 2];
    for (long number : slots) {
      if (number != 0) {
        larger[slotOf(larger, number)] = number;
      }
    }
    slots = larger;
  }

  /** Where a number stands, or the free slot where it would. */
  private static int slotOf(long[] slots, long number) {
    int slot = (int) number & (slots.length - 1);
    while (slots[slot] != 0 && slots[slot] != number) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }
}
