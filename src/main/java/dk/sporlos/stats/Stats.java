package dk.sporlos.stats;

import dk.sporlos.site.Site;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Objects;

/** Answers queries from the visits that ended and those still open, in one statement each. */
public final class Stats {

  /** How long one answer may take. */
  static final Duration LONGEST = Duration.ofSeconds(20);

  /*
   * Not compiled: the planner takes a visit to have a thousand steps and would compile nearly every
   * statement by page, which costs more than it gains. Not parallel: where the visitors of a parallel
   * plan outgrow work_mem, PostgreSQL's final hash table can degenerate, and an answer of two seconds
   * takes minutes now and then; the second core is the collector's, anyway.
   */
  static final String LIMITS =
      "set transaction isolation level repeatable read, read only; set local jit = off;"
          + " set local plan_cache_mode = force_custom_plan;"
          + " set local max_parallel_workers_per_gather = 0; set local statement_timeout = %d";

  static final String FIRST_DAY =
      """
      select least(
        (select min(day) from visit where site_id = $1),
        (select (min(at) at time zone $2::text)::date from hit where site_id = $1),
        (select min(day) from daily where site_id = $1)
      ) as day
      """;

  private final Pool pool;
  private final Clock clock;
  private final String limits;

  public Stats(Pool pool, Clock clock) {
    this(pool, clock, LONGEST);
  }

  Stats(Pool pool, Clock clock, Duration longest) {
    this.pool = pool;
    this.clock = clock;
    this.limits = LIMITS.formatted(longest.toMillis());
  }

  /**
   * The answer to a query about a site.
   *
   * <p>Fails with {@link InvalidQueryException} if the query turns out to have no answer, and as
   * the database client does if the database is away or takes too long.
   */
  public Future<Answer> answer(Site site, Query query) {
    return Definitions.of(pool, site.id(), query)
        .compose(
            definitions ->
                pool.withTransaction(
                    connection ->
                        connection
                            .query(limits)
                            .execute()
                            .compose(limited -> period(connection, site, query.range()))
                            .compose(
                                period ->
                                    new Reading(connection, site)
                                        .answer(
                                            Plan.of(query.over(period), definitions), period))));
  }

  private Future<Period> period(SqlConnection connection, Site site, DateRange range) {
    ZonedDateTime now = clock.instant().atZone(site.zone());
    if (range != DateRange.Named.ALL) {
      return Future.succeededFuture(range.at(now, now.toLocalDate()));
    }
    return connection
        .preparedQuery(FIRST_DAY)
        .execute(Tuple.of(site.id().value(), site.zone().getId()))
        .map(rows -> rows.iterator().next().getLocalDate("day"))
        .map(day -> range.at(now, Objects.requireNonNullElse(day, now.toLocalDate())));
  }
}
