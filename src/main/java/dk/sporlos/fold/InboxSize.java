package dk.sporlos.fold;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.util.concurrent.atomic.AtomicLong;

/** How many hits are in the inbox, by PostgreSQL's own estimate, since counting them is dear. */
public final class InboxSize {
  private static final String ESTIMATE =
      """
      select coalesce(sum(n_live_tup), 0)::bigint from pg_stat_user_tables
      where schemaname = current_schema and relname like 'hit\\_%'
      """;

  private final Pool pool;
  private final AtomicLong rows = new AtomicLong();

  public InboxSize(Pool pool, MeterRegistry meters) {
    this.pool = pool;
    Gauge.builder("sporlos.inbox.rows", rows, AtomicLong::get)
        .description("Hits in the inbox, estimated")
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
}
