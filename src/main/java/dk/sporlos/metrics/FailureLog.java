package dk.sporlos.metrics;

import io.vertx.sqlclient.DatabaseException;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs that something failed: at once, then once a minute at most, with how often it failed since.
 *
 * <p>Says what kind of failure it was and where it came from, and never its message, which may
 * quote what was being stored or asked.
 */
public final class FailureLog {
  private static final long PAUSE_NANOS = 60_000_000_000L;
  private static final String OURS = "dk.sporlos.";
  private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);

  private final String what;
  private final AtomicLong since = new AtomicLong();
  private final AtomicLong next;
  private final LongSupplier nanoTime;

  /**
   * @param what failed, as a sentence without its end
   */
  public FailureLog(String what) {
    this(what, System::nanoTime);
  }

  FailureLog(String what, LongSupplier nanoTime) {
    this.what = Objects.requireNonNull(what, "what");
    this.nanoTime = nanoTime;
    this.next = new AtomicLong(nanoTime.getAsLong());
  }

  /**
   * Counts a failure, and logs it if none was logged lately.
   *
   * @return whether it was logged
   */
  public boolean log(Throwable failure) {
    since.incrementAndGet();
    long due = next.get();
    long now = nanoTime.getAsLong();
    if (now - due >= 0 && next.compareAndSet(due, now + PAUSE_NANOS)) {
      String kind = kind(failure);
      long times = since.getAndSet(0);
      LOG.atWarn()
          .addKeyValue(JsonLines.KIND, kind)
          .addKeyValue(JsonLines.TIMES, times)
          .log("{}: {} ({} times)", what, kind, times);
      return true;
    }
    return false;
  }

  /** What kind of failure it was and where it came from; nothing of its message. */
  public static String kind(Throwable failure) {
    String name = failure.getClass().getSimpleName();
    if (failure instanceof DatabaseException database && database.getSqlState() != null) {
      return name + " " + database.getSqlState();
    }
    return Arrays.stream(failure.getStackTrace())
        .filter(frame -> frame.getClassName().startsWith(OURS))
        .findFirst()
        .map(frame -> name + " at " + frame)
        .orElse(name);
  }
}
