package dk.sporlos.fold;

import dk.sporlos.intake.Inbox;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * How many hits are in the inbox, by PostgreSQL's own estimate, since counting them is dear; and
 * how old the oldest is.
 */
public final class InboxSize {
  private static final String ESTIMATE =
      """
      select coalesce(sum(n_live_tup), 0)::bigint from pg_stat_user_tables
      where schemaname = current_schema and relname like 'hit\\_%'
      """;

  /*
   * Slots are hours of receipt, so that the first which holds anything holds the oldest, and no other
   * has to be read. Hits without a visit wait for their day to be sealed, and say nothing here.
   */
  private static final String OLDEST =
      """
      select min(at) from hit
      where slot = (
        select slot from unnest($1::smallint[]) with ordinality as slots (slot, place)
        where exists (select from hit where hit.slot = slots.slot)
        order by place
        limit 1)
      """;

  private final Pool pool;
  private final Clock clock;
  private final AtomicLong rows = new AtomicLong();
  private volatile @Nullable Instant oldest;

  public InboxSize(Pool pool, Clock clock, MeterRegistry meters) {
    this.pool = pool;
    this.clock = clock;
    Gauge.builder("sporlos.inbox.rows", rows, AtomicLong::get)
        .description("Hits in the inbox, estimated")
        .register(meters);
    TimeGauge.builder("sporlos.inbox.age", this, TimeUnit.SECONDS, InboxSize::ageSeconds)
        .description(
            "How long the oldest hit of a visit has been in the inbox; 0 while it is empty")
        .register(meters);
  }

  /** Asks PostgreSQL again. */
  public Future<Void> measure() {
    return pool.query(ESTIMATE)
        .execute()
        .map(result -> result.iterator().next().getLong(0))
        .onSuccess(rows::set)
        .mapEmpty();
  }

  /** Looks for the oldest hit again. */
  public Future<Void> findOldest() {
    Instant now = clock.instant();
    Short[] slots = new Short[Inbox.SLOTS];
    for (int hour = 0; hour < slots.length; hour++) {
      slots[hour] = (short) Inbox.slot(now.minus(Duration.ofHours(slots.length - 1L - hour)));
    }
    return pool.preparedQuery(OLDEST)
        .execute(Tuple.of(slots))
        .map(result -> result.iterator().next().getOffsetDateTime(0))
        .onSuccess(at -> oldest = at == null ? null : at.toInstant())
        .mapEmpty();
  }

  private double ageSeconds() {
    Instant since = oldest;
    return since == null
        ? 0
        : Math.max(0, Duration.between(since, clock.instant()).toMillis() / 1_000.0);
  }
}
