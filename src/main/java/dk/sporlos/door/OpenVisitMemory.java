package dk.sporlos.door;

import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;

/**
 * An open visit as it is handed over.
 *
 * @param pages by step, as the visit holds them
 * @param cookies two numbers each
 */
@SuppressWarnings("ArrayRecordComponent") // read once, compared never
record OpenVisitMemory(
    int site,
    long number,
    long visitor,
    Instant began,
    int[] pages,
    long[] cookies,
    boolean returned,
    boolean introduced) {
  private static final int RETURNED = 1;
  private static final int INTRODUCED = 2;

  static void write(OpenVisitMemory visit, DataOutput out) throws IOException {
    out.writeInt(visit.site);
    out.writeLong(visit.number);
    out.writeLong(visit.visitor);
    out.writeLong(visit.began.getEpochSecond());
    out.writeInt(visit.pages.length);
    for (int page : visit.pages) {
      out.writeInt(page);
    }
    out.writeInt(visit.cookies.length / 2);
    for (long half : visit.cookies) {
      out.writeLong(half);
    }
    out.writeByte((visit.returned ? RETURNED : 0) | (visit.introduced ? INTRODUCED : 0));
  }

  static OpenVisitMemory read(ByteBuffer in) {
    int site = in.getInt();
    long number = in.getLong();
    long visitor = in.getLong();
    Instant began = Instant.ofEpochSecond(in.getLong());
    int[] pages = new int[Bounds.count(in.getInt(), OpenVisit.MOST_STEPS)];
    for (int step = 0; step < pages.length; step++) {
      pages[step] = in.getInt();
    }
    long[] cookies = Bounds.longs(in, 2 * Bounds.count(in, 2 * Long.BYTES));
    int flags = in.get();
    return new OpenVisitMemory(
        site,
        number,
        visitor,
        began,
        pages,
        cookies,
        (flags & RETURNED) != 0,
        (flags & INTRODUCED) != 0);
  }

  static long[] halves(List<Fingerprint> fingerprints) {
    return fingerprints.stream()
        .flatMapToLong(one -> LongStream.of(one.high(), one.low()))
        .toArray();
  }
}
