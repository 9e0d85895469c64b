package dk.sporlos.bench;

import dk.sporlos.door.EndedVisit;
import dk.sporlos.fold.Fold;
import dk.sporlos.fold.Partitions;
import dk.sporlos.site.SiteId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Visits of one site that are in the inbox and are handed to the fold, as if the door had seen them
 * end. Confined to one thread or context at a time.
 */
final class History {

  /*
   * Visits have 1, 3, 5, 7 or 9 hits, equally often: so many views, and an engagement after each but
   * the last. Hits come 40 seconds apart and are inserted in the order of their times, so that those
   * of one visit lie apart, as they do where many visits go on at a time.
   */
  private static final String FILL =
      """
      insert into hit (site_id, slot, visit, visitor, at, step, kind, page_id, name_id, engaged_ms,
        scroll, interactive, by_cookie, client_id, place_id, referrer_id)
      select $1, mod(floor(extract(epoch from at) / 3600)::bigint, 8)::smallint, visit, visit, at,
        (number / 2)::smallint, case mod(number, 2) when 0 then 0 else 2 end,
        1 + mod(abs(visit + number / 2), $2), null, mod(number, 2) * 15000,
        case mod(number, 2) when 1 then 60 end, true, false,
        case number when 0 then 1 + mod(abs(visit), 500) end,
        case number when 0 then 1 + mod(abs(visit), 50) end,
        case number when 0 then 1 + mod(abs(visit), 100) end
      from (
        select visit, number, began + number * interval '40 seconds' as at
        from unnest($3::bigint[], $4::timestamptz[], $5::int[]) as new (visit, began, hits)
        cross join lateral generate_series(0, hits - 1) as number
      ) as made
      order by at
      """;

  private static final String PAGES =
      """
      insert into page (site_id, id, host, path)
      select $1, number, 'history.example', '/page/' || number
      from generate_series(1, $2) as number
      on conflict do nothing
      """;

  private static final Duration BETWEEN_HITS = Duration.ofSeconds(40);
  private static final int VISITS_A_STATEMENT = 20_000;
  private static final int MEAN_HITS = 5;

  private record Ready(EndedVisit visit, int hits) {}

  private final Pool pool;
  private final SiteId site;
  private final Fold fold;
  private final SplittableRandom numbers = new SplittableRandom(20261101);
  private final Deque<Ready> ready = new ArrayDeque<>();
  private long made;
  private long readyHits;
  private long folded;

  History(Pool pool, Pool foldPool, SiteId site) {
    this.pool = pool;
    this.site = site;
    Partitions partitions = new Partitions(pool);
    this.fold = new Fold(foldPool, partitions, new SecureRandom(), Clock.systemUTC());
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    partitions.ensure(today.minusDays(1), today.plusDays(1)).await();
    pool.preparedQuery(PAGES).execute(Tuple.of(site.value(), Traffic.pages())).await();
  }

  /** Puts visits in that have just ended, to be folded. */
  void addEnded(long hits) {
    Instant now = Instant.now();
    add(hits, now.minus(Duration.ofMinutes(36)), now.minus(Duration.ofMinutes(31)), true);
  }

  /** Puts visits in that may go on, whose hits are spread over the last half hour. */
  void addOpen(long hits) {
    Instant now = Instant.now();
    add(hits, now.minus(Duration.ofMinutes(30)), now, false);
  }

  private void add(long hits, Instant from, Instant to, boolean toFold) {
    long visits = hits / MEAN_HITS;
    for (long done = 0; done < visits; done += VISITS_A_STATEMENT) {
      int size = (int) Math.min(VISITS_A_STATEMENT, visits - done);
      Instant first = from.plus(Duration.between(from, to).multipliedBy(done).dividedBy(visits));
      Duration span = Duration.between(from, to).multipliedBy(size).dividedBy(visits);
      add(size, first, span, toFold);
    }
  }

  /** Puts visits in whose last hits are spread over a time. */
  private void add(int size, Instant from, Duration span, boolean toFold) {
    Long[] visits = new Long[size];
    OffsetDateTime[] begins = new OffsetDateTime[size];
    Integer[] hits = new Integer[size];
    for (int i = 0; i < size; i++) {
      visits[i] = numbers.nextLong();
      hits[i] = 1 + 2 * (int) (made++ % MEAN_HITS);
      Instant ended = from.plus(span.multipliedBy(i).dividedBy(size));
      Instant began =
          Instant.ofEpochSecond(
              ended.minus(BETWEEN_HITS.multipliedBy(hits[i] - 1)).getEpochSecond());
      begins[i] = began.atOffset(ZoneOffset.UTC);
      if (toFold) {
        ready.add(new Ready(new EndedVisit(site, visits[i], began), hits[i]));
        readyHits += hits[i];
      }
    }
    pool.preparedQuery(FILL)
        .execute(
            Tuple.tuple()
                .addInteger(site.value())
                .addInteger(Traffic.pages())
                .addArrayOfLong(visits)
                .addArrayOfOffsetDateTime(begins)
                .addArrayOfInteger(hits))
        .await();
  }

  /** Folds visits that have at least so many hits together, as far as there are. */
  Future<Void> fold(long hits) {
    List<EndedVisit> batch = new ArrayList<>();
    long taken = 0;
    while (taken < hits && !ready.isEmpty() && batch.size() < 2_000) {
      Ready next = ready.remove();
      batch.add(next.visit());
      taken += next.hits();
      readyHits -= next.hits();
    }
    if (batch.isEmpty()) {
      return Future.succeededFuture();
    }
    long done = taken;
    return fold.fold(batch).onSuccess(rows -> folded += done).compose(rows -> fold(hits - done));
  }

  /** How many hits were folded until now. */
  long folded() {
    return folded;
  }

  /** How many hits are left to be folded. */
  long left() {
    return readyHits;
  }
}
