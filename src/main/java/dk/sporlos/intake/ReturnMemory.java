package dk.sporlos.intake;

import dk.sporlos.door.Memory;
import dk.sporlos.door.Returns.Return;
import dk.sporlos.intake.ReturnCounts.Batch;
import dk.sporlos.intake.ReturnCounts.Day;
import dk.sporlos.intake.ReturnCounts.Left;
import dk.sporlos.intake.ReturnCounts.Waiting;
import dk.sporlos.site.SiteId;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Returning browsers that wait to be counted, as they are handed over. */
record ReturnMemory(ReturnCounts returns) implements Memory {
  private static final int FIRST_ISSUED = -1;
  private static final int BYTES_OF_VALUE = Integer.BYTES + 2 * Long.BYTES;
  private static final int BYTES_OF_DAY = 2 * Integer.BYTES + Long.BYTES;
  private static final int BYTES_OF_BATCH = 3 * Long.BYTES + BYTES_OF_DAY;

  @Override
  public String name() {
    return "returning-browsers";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void writeTo(DataOutput out) throws IOException {
    Left left = returns.left();
    out.writeInt(left.sent().size());
    for (Batch batch : left.sent()) {
      out.writeLong(batch.id().getMostSignificantBits());
      out.writeLong(batch.id().getLeastSignificantBits());
      out.writeLong(batch.drawn().toEpochMilli());
      write(batch.day(), batch.waiting(), out);
    }
    out.writeInt(left.waiting().size());
    for (Map.Entry<Day, Waiting> entry : left.waiting().entrySet()) {
      write(entry.getKey(), entry.getValue(), out);
    }
  }

  private static void write(Day day, Waiting waiting, DataOutput out) throws IOException {
    out.writeInt(day.site().value());
    out.writeLong(day.day().toEpochDay());
    out.writeInt(waiting.counts().size());
    for (Map.Entry<Return, Long> entry : waiting.counts().entrySet()) {
      Integer gap = entry.getKey().gap();
      out.writeInt(gap == null ? FIRST_ISSUED : gap);
      out.writeLong(entry.getKey().firstWeek().toEpochDay());
      out.writeLong(entry.getValue());
    }
  }

  @Override
  public Runnable read(ByteBuffer in) {
    List<Batch> sent = new ArrayList<>();
    int batches = count(in, BYTES_OF_BATCH);
    for (int i = 0; i < batches; i++) {
      UUID id = new UUID(in.getLong(), in.getLong());
      Instant drawn = Instant.ofEpochMilli(in.getLong());
      Day day = day(in);
      sent.add(new Batch(id, drawn, day, waiting(in, day)));
    }
    Map<Day, Waiting> waiting = new LinkedHashMap<>();
    int days = count(in, BYTES_OF_DAY);
    for (int i = 0; i < days; i++) {
      Day day = day(in);
      waiting.put(day, waiting(in, day));
    }
    return () -> returns.take(new Left(sent, waiting));
  }

  private static Day day(ByteBuffer in) {
    return new Day(new SiteId(in.getInt()), LocalDate.ofEpochDay(in.getLong()));
  }

  private static Waiting waiting(ByteBuffer in, Day day) {
    Waiting waiting = new Waiting();
    int values = count(in, BYTES_OF_VALUE);
    for (int i = 0; i < values; i++) {
      int gap = in.getInt();
      LocalDate firstWeek = LocalDate.ofEpochDay(in.getLong());
      long browsers = in.getLong();
      if (gap < FIRST_ISSUED || browsers <= 0) {
        throw new IllegalArgumentException("no such count");
      }
      Integer known = gap == FIRST_ISSUED ? null : gap;
      waiting.add(new Return(day.site(), day.day(), known, firstWeek), browsers);
    }
    return waiting;
  }

  /** A number of things of a size at least, as far as so many can follow. */
  private static int count(ByteBuffer in, int bytesEach) {
    int count = in.getInt();
    if (count < 0 || count > in.remaining() / bytesEach) {
      throw new IllegalArgumentException("no such count");
    }
    return count;
  }
}
