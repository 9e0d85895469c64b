package dk.sporlos.database;

import dk.sporlos.metrics.FailureLog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the database takes what is written, as far as this process knows. */
public final class Availability {
  private static final Logger LOG = LoggerFactory.getLogger(Availability.class);

  private final FailureLog failures = new FailureLog("the database is away");
  private volatile boolean away;

  /** Whether the log says last that it is away. */
  private volatile boolean told;

  public Availability(MeterRegistry meters) {
    Gauge.builder("sporlos.database.up", this, known -> known.isAway() ? 0 : 1)
        .description("1 if the database takes what is written, 0 while it is away")
        .register(meters);
  }

  public boolean isAway() {
    return away;
  }

  /** Notes that something could not be written in time. */
  public void lost(Throwable failure) {
    away = true;
    if (failures.log(failure)) {
      told = true;
    }
  }

  /** Notes that something was written. */
  public void found() {
    if (away) {
      away = false;
      if (told) {
        told = false;
        LOG.info("the database is back");
      }
    }
  }
}
