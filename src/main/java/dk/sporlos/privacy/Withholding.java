package dk.sporlos.privacy;

import dk.sporlos.door.RandomNumbers;
import dk.sporlos.site.Audit;
import dk.sporlos.site.SiteId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.Tuple;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Takes the hits of a visit that came with a cookie out of the inbox, as their visitor wishes: for
 * good, or until the visitor says otherwise.
 */
public final class Withholding {
  /** How long hits are kept whose visitor has restricted them. */
  static final int DAYS_KEPT = 30;

  private static final Period REMEMBERED = Period.ofDays(2);

  /*
   * The number of the visit is remembered, and the inbox looked through again every few seconds:
   * hits that were on their way, or in a spool, go as they arrive. The fold does not get there first,
   * since a visit that is forgotten waits for the sweep. From the snapshot of the inbox it goes at once,
   * and again should one have been under way.
   *
   * As in the fold, an index finds the hits also in a slot that is not analyzed yet.
   */
  private static final String BY_INDEX = "set local enable_seqscan = off";

  private static final String REMEMBER =
      """
      insert into withheld_visit (site_id, visit, code_hash, day) values ($1, $2, $3, $4)
      on conflict (site_id, visit) do update
      set code_hash = case when excluded.code_hash is null then null
        else withheld_visit.code_hash end
      """;

  private static final String DELETE =
      """
      delete from hit
      using withheld_visit
      where hit.site_id = withheld_visit.site_id and hit.visit = withheld_visit.visit
        and hit.by_cookie and withheld_visit.code_hash is null
      """;

  /* The next snapshot of the inbox has what came without a cookie. */
  private static final String DELETE_OPEN =
      """
      delete from open_visit
      using withheld_visit
      where open_visit.site_id = withheld_visit.site_id
        and open_visit.visit = withheld_visit.visit and open_visit.by_cookie
      """;

  private static final String DELETE_SAID =
      """
      delete from open_event
      using withheld_visit
      where open_event.site_id = withheld_visit.site_id
        and open_event.visit = withheld_visit.visit
        and not exists (
          select from open_visit where open_visit.site_id = open_event.site_id
            and open_visit.visit = open_event.visit)
      """;

  /* What could not be stored or folded is in no figure, so a restricted visit may stay there. */
  private static final String DELETE_SET_ASIDE =
      """
      delete from set_aside
      using withheld_visit
      where set_aside.site_id = withheld_visit.site_id and set_aside.visit = withheld_visit.visit
        and withheld_visit.code_hash is null
      """;

  private static final String MOVE =
      """
      with gone as (
        delete from hit
        using withheld_visit
        where hit.site_id = withheld_visit.site_id and hit.visit = withheld_visit.visit
          and hit.by_cookie and withheld_visit.code_hash is not null
        returning hit.*, withheld_visit.code_hash, withheld_visit.day
      )
      insert into restricted_hit (site_id, kept_until, code_hash, at, step, kind, page_id, name_id,
        engaged_ms, scroll, interactive, client_id, place_id, referrer_id, campaign_id, properties,
        revenue, currency)
      select site_id, day + $1::int, code_hash, date_trunc('hour', at, 'UTC'), step, kind, page_id,
        name_id, engaged_ms, scroll, interactive, client_id, place_id, referrer_id, campaign_id,
        properties, revenue, currency
      from gone
      """;

  /* The visit gets numbers of its own: those it had are gone. The sweep folds it as one that is late. */
  private static final String PUT_BACK =
      """
      with gone as (
        delete from restricted_hit where site_id = $1 and code_hash = $2 returning *
      ), known as (
        delete from withheld_visit where site_id = $1 and code_hash = $2
      )
      insert into hit (site_id, slot, visit, visitor, at, step, kind, page_id, name_id, engaged_ms,
        scroll, interactive, by_cookie, client_id, place_id, referrer_id, campaign_id, properties,
        revenue, currency)
      select site_id, (floor(extract(epoch from at) / 3600)::bigint % 8)::smallint, $3, $4, at, step,
        kind, page_id, name_id, engaged_ms, scroll, interactive, true, client_id, place_id,
        referrer_id, campaign_id, properties, revenue, currency
      from gone
      """;

  private static final String DROP =
      """
      with known as (
        update withheld_visit set code_hash = null where site_id = $1 and code_hash = $2
      )
      delete from restricted_hit where site_id = $1 and code_hash = $2
      """;

  private static final String EXPIRE =
      "delete from restricted_hit where kept_until < $1 returning site_id, kept_until as day";

  /* Nodes are asked first: their table and that of visits are not always on one server. */
  private static final String OLDEST_UNDER_WAY = "select min(oldest_hit) from node";

  private static final String FORGET =
      """
      delete from withheld_visit
      where day < $1
        and ($2::timestamptz is null or $2 >= withheld_visit.day + interval '1 day')
      """;

  private static final String ANY = "select exists (select from withheld_visit)";

  private final Pool pool;
  private final RandomNumbers numbers;
  private final Clock clock;

  public Withholding(Pool pool, SecureRandom random, Clock clock) {
    this.pool = pool;
    this.numbers = new RandomNumbers(random);
    this.clock = clock;
  }

  /** Deletes the hits of a visit that came with its cookie, and those that are still to arrive. */
  Future<Void> erase(SiteId site, long visit) {
    return withhold(site, visit, null);
  }

  /** Moves the hits of a visit that came with its cookie to where no figure is made of them. */
  Future<Void> restrict(SiteId site, long visit, RestrictionCode code) {
    return withhold(site, visit, code.hash());
  }

  private Future<Void> withhold(SiteId site, long visit, byte @Nullable [] codeHash) {
    return pool.preparedQuery(REMEMBER)
        .execute(Tuple.of(site.value(), visit, buffer(codeHash), today()))
        .compose(remembered -> sift());
  }

  /**
   * Puts restricted hits back.
   *
   * @return how many there were; 0 if the code is none of this site's
   */
  Future<Integer> lift(SiteId site, RestrictionCode code) {
    return pool.preparedQuery(PUT_BACK)
        .execute(Tuple.of(site.value(), buffer(code.hash()), numbers.next(), numbers.next()))
        .map(SqlResult::rowCount);
  }

  /**
   * Deletes restricted hits.
   *
   * @return how many there were; 0 if the code is none of this site's
   */
  Future<Integer> drop(SiteId site, RestrictionCode code) {
    return pool.preparedQuery(DROP)
        .execute(Tuple.of(site.value(), buffer(code.hash())))
        .map(SqlResult::rowCount);
  }

  /** Takes out of the inbox what has arrived of withheld visits. Call every few seconds. */
  public Future<Void> sift() {
    return pool.query(ANY)
        .execute()
        .compose(
            rows ->
                rows.iterator().next().getBoolean(0)
                    ? pool.withTransaction(Withholding::sift)
                    : Future.succeededFuture());
  }

  private static Future<Void> sift(SqlConnection connection) {
    return connection
        .query(BY_INDEX)
        .execute()
        .compose(set -> connection.query(DELETE).execute())
        .compose(gone -> connection.query(DELETE_SET_ASIDE).execute())
        .compose(gone -> connection.preparedQuery(MOVE).execute(Tuple.of(DAYS_KEPT)))
        .compose(moved -> connection.query(DELETE_OPEN).execute())
        .compose(gone -> connection.query(DELETE_SAID).execute())
        .mapEmpty();
  }

  /** Deletes what is past its life. Call every hour. */
  public Future<Void> expire() {
    return pool.withTransaction(
            connection ->
                connection
                    .preparedQuery(EXPIRE)
                    .execute(Tuple.of(today()))
                    .compose(gone -> Audit.addExpired(connection, "restricted_hit", gone)))
        .compose(expired -> pool.query(OLDEST_UNDER_WAY).execute())
        .compose(
            rows ->
                pool.preparedQuery(FORGET)
                    .execute(
                        Tuple.of(
                            today().minus(REMEMBERED),
                            rows.iterator().next().getOffsetDateTime(0))))
        .mapEmpty();
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private static @Nullable Buffer buffer(byte @Nullable [] bytes) {
    return bytes == null ? null : Buffer.buffer(bytes);
  }
}
