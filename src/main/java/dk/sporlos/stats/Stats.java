package dk.sporlos.stats;

import dk.sporlos.site.Site;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.Duration;

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

  private final Pool pool;
  private final Reads reads;
  private final Clock clock;
  private final Duration longest;
  private final String limits;
  private final UnderWay underWay;
  private final Finished finished;
  private final OutsideStats outside;

  /** For a process of which nobody reads the meters. */
  public Stats(Pool pool, Clock clock) {
    this(pool, new Reads(pool), clock, new SimpleMeterRegistry());
  }

  /**
   * @param pool by which it is read what owners define
   * @param reads by which figures are read
   */
  public Stats(Pool pool, Reads reads, Clock clock, MeterRegistry meters) {
    this(pool, reads, clock, LONGEST, new Finished(Finished.MOST_BYTES, meters), meters);
  }

  Stats(Pool pool, Clock clock, Duration longest, MeterRegistry meters) {
    this(pool, new Reads(pool), clock, longest, new Finished(Finished.MOST_BYTES, meters), meters);
  }

  /** One that remembers no answer, to measure how long answers take. */
  public static Stats forgetful(Pool pool, Reads reads, Clock clock) {
    MeterRegistry meters = new SimpleMeterRegistry();
    return new Stats(pool, reads, clock, LONGEST, new Finished(0, meters), meters);
  }

  private Stats(
      Pool pool,
      Reads reads,
      Clock clock,
      Duration longest,
      Finished finished,
      MeterRegistry meters) {
    this.pool = pool;
    this.reads = reads;
    this.clock = clock;
    this.longest = longest;
    this.limits = LIMITS.formatted(longest.toMillis());
    this.underWay = new UnderWay(meters);
    this.finished = finished;
    this.outside = new OutsideStats(pool, clock);
  }

  private Stats(Stats others, OutsideStats outside) {
    this.pool = others.pool;
    this.reads = others.reads;
    this.clock = others.clock;
    this.longest = others.longest;
    this.limits = others.limits;
    this.underWay = others.underWay;
    this.finished = others.finished;
    this.outside = outside;
  }

  /**
   * The same with connections of their own for outsiders, so that however many these are, others
   * are answered too.
   */
  public Stats withOutsidersOn(Pool outsiders) {
    return new Stats(this, new OutsideStats(outsiders, clock));
  }

  /** The answer to a query of a reader about the site that is open to them; as below. */
  public Future<Answer> answer(Reader reader, Query query) {
    return reader instanceof Reader.Outside outsider
        ? outside.answer(outsider, query)
        : answer(reader.site(), query);
  }

  /**
   * The answer to a query about a site.
   *
   * <p>Fails with {@link InvalidQueryException} if the query turns out to have no answer, and as
   * the database client does if the database is away or takes too long.
   */
  public Future<Answer> answer(Site site, Query query) {
    return underWay.answer(site, query, () -> read(site, query));
  }

  private Future<Answer> read(Site site, Query query) {
    return Definitions.of(pool, site.id(), query)
        .compose(
            definitions ->
                reads.in(
                    limits,
                    source ->
                        ReportReading.period(source, site, query.range(), clock)
                            .compose(
                                period ->
                                    new Reading(source, site, finished, longest)
                                        .answer(
                                            Plan.of(query.over(period), definitions), period))));
  }
}
