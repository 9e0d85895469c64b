package dk.sporlos.intake;

import dk.sporlos.door.Hit;
import dk.sporlos.spool.Batch;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/**
 * Table {@code hit}, and {@code vital} beside it: appends batches of hits, each batch in one
 * statement and one commit, and once.
 */
public final class Inbox implements HitStore {

  /** How many partitions the inbox has; the partition of a hit is its hour modulo this. */
  public static final int SLOTS = 8;

  /** The partition of hits without a visit, which wait for their day to be sealed. */
  public static final int WITHOUT_VISIT = 8;

  private static final int SECONDS_PER_SLOT = 3_600;

  static final String COLUMNS =
      """
      site_id, slot, visit, visitor, at, step, kind, page_id, name_id, engaged_ms, scroll,
      interactive, by_cookie, client_id, place_id, referrer_id, campaign_id, properties, revenue,
      currency""";

  static final String ROWS =
      """
      unnest($1::int[], $2::smallint[], $3::bigint[], $4::bigint[], $5::timestamptz[],
        $6::smallint[], $7::smallint[], $8::int[], $9::int[], $10::int[], $11::smallint[],
        $12::boolean[], $13::boolean[], $14::int[], $15::int[], $16::int[], $17::int[],
        $18::text[]::jsonb[], $19::text[]::numeric[], $20::text[])""";

  private final Pool pool;
  private final HitDictionaries dictionaries;
  private final Sifting sifting;

  /** With the clock of the system. */
  public Inbox(Pool pool, MeterRegistry meters) {
    this(pool, Clock.systemUTC(), meters);
  }

  /**
   * @param pool of at least two connections, since a batch that is refused takes one for its
   *     transaction
   */
  public Inbox(Pool pool, Clock clock, MeterRegistry meters) {
    this.pool = pool;
    this.dictionaries = new HitDictionaries(pool, clock, meters);
    this.sifting = new Sifting(pool, dictionaries, clock, meters);
  }

  /** The partition that a hit is kept in. */
  static Short slot(Hit hit) {
    return (short) (hit.hasVisit() ? slot(hit.at()) : WITHOUT_VISIT);
  }

  /** The partition that hits of an instant are kept in. */
  public static int slot(Instant at) {
    return Math.floorMod(Math.floorDiv(at.getEpochSecond(), SECONDS_PER_SLOT), SLOTS);
  }

  @Override
  public Future<Set<Integer>> write(Batch batch) {
    Destination destination = Destination.of(batch);
    return dictionaries
        .number(batch.hits())
        .compose(
            hits ->
                pool.preparedQuery(destination.appendOnce())
                    .execute(parameters(batch, destination.parameters(hits))))
        .map(Set.<Integer>of())
        .recover(
            failure ->
                Sifting.isToBlame(failure) ? sifting.write(batch) : Future.failedFuture(failure));
  }

  private static Tuple parameters(Batch batch, Tuple hits) {
    return hits.addInteger(batch.site().value())
        .addOffsetDateTime(hour(batch.oldest()))
        .addUUID(batch.id());
  }

  /** The hour under which a batch is remembered whose oldest part is of an instant. */
  static OffsetDateTime hour(Instant oldest) {
    return oldest.truncatedTo(ChronoUnit.HOURS).atOffset(ZoneOffset.UTC);
  }
}
