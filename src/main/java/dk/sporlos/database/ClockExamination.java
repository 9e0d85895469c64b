package dk.sporlos.database;

import dk.sporlos.metrics.Doctor;
import dk.sporlos.metrics.Doctor.Finding;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the clocks of this process and of the database agree. */
public final class ClockExamination {

  /** Days begin and visits end by the one, and what is old is told by the other. */
  private static final Duration MOST = Duration.ofSeconds(30);

  private final Pool pool;
  private final Clock clock;

  public ClockExamination(Pool pool, Clock clock) {
    this.pool = pool;
    this.clock = clock;
  }

  /** What is wrong with the clocks. */
  public Future<List<Finding>> findings() {
    Instant asked = clock.instant();
    return pool.query("select clock_timestamp()")
        .execute()
        .map(rows -> rows.iterator().next().getOffsetDateTime(0).toInstant())
        .map(there -> Doctor.some(finding(asked, there, clock.instant())));
  }

  /** The database told its time at some moment between question and answer. */
  static @Nullable Finding finding(Instant asked, Instant there, Instant answered) {
    Duration behind = Duration.between(there, asked);
    Duration ahead = Duration.between(answered, there);
    Duration apart = behind.compareTo(ahead) > 0 ? behind : ahead;
    return apart.compareTo(MOST) <= 0
        ? null
        : new Finding(
            "clocks-apart",
            "The clocks of this process and of the database are %d seconds apart."
                .formatted(apart.toSeconds()),
            "Let both machines take their time by NTP (chrony or systemd-timesyncd).");
  }
}
