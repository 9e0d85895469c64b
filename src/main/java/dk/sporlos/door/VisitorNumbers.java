package dk.sporlos.door;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The visitors of one site and day: fingerprint to random number. Confined to the lock of its site.
 */
final class VisitorNumbers {

  /*
   * An open-addressing table with linear probing, three longs a slot, at most three quarters full:
   * 32 to 64 bytes a visitor, where a map of objects takes about 150. Fingerprints are uniformly
   * distributed, so their low bits are the slot. A number is never 0, which marks a free slot.
   */
  private static final int WIDTH = 3;
  private static final int FEWEST_SLOTS = 16;

  private final AtomicLong room;
  private long[] slots = new long[FEWEST_SLOTS * WIDTH];
  private int size;

  /**
   * @param room how many visitors may still be remembered, shared by all days and sites
   */
  VisitorNumbers(AtomicLong room) {
    this.room = room;
  }

  int size() {
    return size;
  }

  /** The number of a visitor, 0 if there is none. */
  long get(Fingerprint fingerprint) {
    return slots[slotOf(slots, fingerprint.high(), fingerprint.low()) + 2];
  }

  /** Remembers a new visitor; false if there is no room left. */
  boolean put(Fingerprint fingerprint, long number) {
    if (room.decrementAndGet() < 0) {
      room.incrementAndGet();
      return false;
    }
    if (4L * WIDTH * (size + 1) > 3L * slots.length) {
      grow();
    }
    place(slots, fingerprint.high(), fingerprint.low(), number);
    size++;
    return true;
  }

  /** Gives what is known by a fingerprint a new number, if there is any. */
  void replace(Fingerprint fingerprint, long number) {
    int slot = slotOf(slots, fingerprint.high(), fingerprint.low());
    if (slots[slot + 2] != 0) {
      slots[slot + 2] = number;
    }
  }

  /** All: both halves of a fingerprint and the number, one after the other. */
  long[] toArray() {
    long[] all = new long[size * WIDTH];
    int next = 0;
    for (int i = 0; i < slots.length; i += WIDTH) {
      if (slots[i + 2] != 0) {
        System.arraycopy(slots, i, all, next, WIDTH);
        next += WIDTH;
      }
    }
    return all;
  }

  /** Forgets all visitors and gives their room back. */
  void clear() {
    room.addAndGet(size);
    size = 0;
    slots = new long[FEWEST_SLOTS * WIDTH];
  }

  private void grow() {
    long[] larger = new long[slots.length * 2];
    for (int i = 0; i < slots.length; i += WIDTH) {
      if (slots[i + 2] != 0) {
        place(larger, slots[i], slots[i + 1], slots[i + 2]);
      }
    }
    slots = larger;
  }

  private static void place(long[] slots, long high, long low, long number) {
    int slot = slotOf(slots, high, low);
    slots[slot] = high;
    slots[slot + 1] = low;
    slots[slot + 2] = number;
  }

  /** Where a fingerprint stands, or the free slot where it would. */
  private static int slotOf(long[] slots, long high, long low) {
    int count = slots.length / WIDTH;
    int slot = (int) (low & (count - 1));
    while (true) {
      int i = slot * WIDTH;
      if (slots[i + 2] == 0 || (slots[i] == high && slots[i + 1] == low)) {
        return i;
      }
      slot = (slot + 1) & (count - 1);
    }
  }
}
