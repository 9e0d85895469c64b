package dk.sporlos.door;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A day key as it is handed over.
 *
 * @param key becomes the key's own
 * @param visitors three numbers each: both halves of the fingerprint, and what it stands for
 * @param returned those that were counted as having come back
 */
@SuppressWarnings("ArrayRecordComponent") // read once, compared never
record DayKeyMemory(byte[] key, ZoneId zone, LocalDate day, long[] visitors, long[] returned) {
  private static final int WIDTH = 3;

  static void write(DayKey key, DataOutput out) throws IOException {
    out.write(key.bytes());
    byte[] zone = key.zone().getId().getBytes(UTF_8);
    out.writeInt(zone.length);
    out.write(zone);
    out.writeLong(key.day().toEpochDay());
    writeAll(key.visitors().toArray(), WIDTH, out);
    writeAll(key.returned(), 1, out);
  }

  private static void writeAll(long[] numbers, int width, DataOutput out) throws IOException {
    out.writeInt(numbers.length / width);
    for (long number : numbers) {
      out.writeLong(number);
    }
  }

  static DayKeyMemory read(ByteBuffer in) {
    byte[] key = new byte[DayKey.LENGTH];
    in.get(key);
    ZoneId zone = ZoneId.of(Bounds.text(in));
    LocalDate day = LocalDate.ofEpochDay(in.getLong());
    long[] visitors = Bounds.longs(in, WIDTH * Bounds.count(in, WIDTH * Long.BYTES));
    long[] returned = Bounds.longs(in, Bounds.count(in, Long.BYTES));
    return new DayKeyMemory(key, zone, day, visitors, returned);
  }

  DayKey restore(AtomicLong room) {
    DayKey restored = new DayKey(key, day, zone, room);
    for (int i = 0; i < visitors.length; i += WIDTH) {
      Fingerprint fingerprint = new Fingerprint(visitors[i], visitors[i + 1]);
      var unused = visitors[i + 2] != 0 && restored.visitors().put(fingerprint, visitors[i + 2]);
    }
    for (long half : returned) {
      restored.markReturned(new Fingerprint(0, half));
    }
    return restored;
  }
}
