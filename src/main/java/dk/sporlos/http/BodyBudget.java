package dk.sporlos.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;

/** The memory that bodies may take, of all requests together, while they are not whole. */
public final class BodyBudget {
  private final long bytes;
  private final AtomicLong taken = new AtomicLong();

  public BodyBudget(long bytes, MeterRegistry meters) {
    this.bytes = bytes;
    Gauge.builder("sporlos.bodies.bytes", this, BodyBudget::taken)
        .description("Bytes of request bodies that are not whole yet")
        .register(meters);
  }

  /** A sixteenth of the heap: a body that grows takes twice its size for moments. */
  public static BodyBudget ofHeap(MeterRegistry meters) {
    return new BodyBudget(Runtime.getRuntime().maxMemory() / 16, meters);
  }

  boolean take(int length) {
    if (taken.addAndGet(length) <= bytes) {
      return true;
    }
    taken.addAndGet(-length);
    return false;
  }

  /** Bytes that are taken now. */
  long taken() {
    return taken.get();
  }

  void giveBack(int length) {
    taken.addAndGet(-length);
  }
}
