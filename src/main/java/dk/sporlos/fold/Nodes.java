package dk.sporlos.fold;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Table {@code node}: the processes that take beacons on the same database, and the horizon that
 * follows from what each of them has not stored yet. Their clocks must agree within minutes.
 */
public final class Nodes implements Horizon {

  /*
   * A node says that it owes no hit that is older than the last thing it said: so the horizon is
   * never past that, and a node that cannot reach the database for a moment holds it up for as long.
   */
  private static final Logger LOG = LoggerFactory.getLogger(Nodes.class);

  /** After so long without a sign of life nobody waits for a node. */
  static final Duration SILENCE = Duration.ofMinutes(15);

  /** After so long it is forgotten, and batches of it are no longer known. */
  static final Duration MEMORY = Duration.ofDays(7);

  /** How long a batch may be under way, with room for its hour and for clocks that differ. */
  static final Duration UNDER_WAY = Duration.ofHours(2);

  private static final Duration COUNTS_UNDER_WAY = Duration.ofDays(1);
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final String PUBLISH =
      """
      insert into node (id, name, started_at, seen_at, oldest_hit) values ($1, $2, $3, $4, $5)
      on conflict (id) do update set name = excluded.name, started_at = excluded.started_at,
        seen_at = excluded.seen_at, oldest_hit = excluded.oldest_hit
      """;

  private static final String OTHERS =
      "select id, name, started_at, seen_at, oldest_hit from node where id <> $1 order by name";

  private static final String LEAVE = "delete from node where id = $1";

  private static final String FORGET = "delete from node where seen_at < $1";

  private static final String FORGET_BATCHES =
      "delete from batch where hour < case site_id when 0 then least($1::timestamptz, $2) else $1 end";

  /**
   * A process.
   *
   * @param oldestHit when the oldest hit was received that it has not stored; null if all are
   */
  public record Node(
      UUID id, String name, Instant startedAt, Instant seenAt, @Nullable Instant oldestHit) {

    /** No hit that was received before is still on its way there. */
    Instant horizon() {
      return oldestHit == null || oldestHit.isAfter(seenAt) ? seenAt : oldestHit;
    }
  }

  private final Pool pool;
  private final Clock clock;
  private final UUID id;
  private final String name;
  private final Instant startedAt;
  private final Supplier<@Nullable Instant> oldestHit;
  private final Set<UUID> told = new HashSet<>();

  /**
   * @param id of this process's spool
   * @param oldestHit when the oldest hit was received that this process has not stored; null if all
   *     are
   */
  public Nodes(
      Pool pool, Clock clock, UUID id, String name, Supplier<@Nullable Instant> oldestHit) {
    this.pool = pool;
    this.clock = clock;
    this.id = id;
    this.name = name;
    this.startedAt = clock.instant();
    this.oldestHit = oldestHit;
  }

  /** Gives a sign of life. */
  public Future<Void> publish() {
    Instant oldest = oldestHit.get();
    return bounded(
        pool.preparedQuery(PUBLISH)
            .execute(
                Tuple.tuple()
                    .addUUID(id)
                    .addString(name)
                    .addOffsetDateTime(startedAt.atOffset(ZoneOffset.UTC))
                    .addOffsetDateTime(clock.instant().atOffset(ZoneOffset.UTC))
                    .addOffsetDateTime(oldest == null ? null : oldest.atOffset(ZoneOffset.UTC)))
            .mapEmpty());
  }

  @Override
  public Future<Instant> now() {
    return others()
        .map(
            others -> {
              Instant earliest = own();
              for (Node node : others) {
                if (isSilent(node)) {
                  tell(node);
                } else if (node.horizon().isBefore(earliest)) {
                  earliest = node.horizon();
                }
              }
              return earliest;
            });
  }

  /** The nodes that nobody waits for any more, and that may yet bring hits. */
  public Future<List<Node>> silent() {
    return others().map(others -> others.stream().filter(this::isSilent).toList());
  }

  /** How many processes take beacons, this one among them. */
  public Future<Integer> living() {
    return others().map(others -> 1 + (int) others.stream().filter(one -> !isSilent(one)).count());
  }

  /** Takes this process off the list. Only to be called if it has stored all of its hits. */
  public Future<Void> leave() {
    return bounded(pool.preparedQuery(LEAVE).execute(Tuple.of(id)).mapEmpty());
  }

  /**
   * Forgets nodes that have been silent for seven days, and the batches that no other can send
   * again.
   *
   * @return how many batches
   */
  public Future<Integer> forget() {
    Instant now = clock.instant();
    return pool.preparedQuery(FORGET)
        .execute(Tuple.of(now.minus(MEMORY).atOffset(ZoneOffset.UTC)))
        .compose(forgotten -> others())
        .compose(
            others -> {
              Instant earliest = own();
              for (Node node : others) {
                earliest = node.horizon().isBefore(earliest) ? node.horizon() : earliest;
              }
              return pool.preparedQuery(FORGET_BATCHES)
                  .execute(
                      Tuple.of(
                          earliest.minus(UNDER_WAY).atOffset(ZoneOffset.UTC),
                          now.minus(COUNTS_UNDER_WAY).atOffset(ZoneOffset.UTC)));
            })
        .map(SqlResult::rowCount);
  }

  private Instant own() {
    Instant now = clock.instant();
    Instant oldest = Objects.requireNonNullElse(oldestHit.get(), now);
    return oldest.isBefore(now) ? oldest : now;
  }

  private boolean isSilent(Node node) {
    return node.seenAt().isBefore(clock.instant().minus(SILENCE));
  }

  private void tell(Node node) {
    synchronized (told) {
      if (told.add(node.id())) {
        LOG.warn(
            "node {}, started {}, has not been heard since {}: visits are folded without the hits"
                + " that it may still have",
            node.name(),
            node.startedAt(),
            node.seenAt());
      }
    }
  }

  private Future<List<Node>> others() {
    return bounded(
        pool.preparedQuery(OTHERS)
            .execute(Tuple.of(id))
            .map(
                rows -> StreamSupport.stream(rows.spliterator(), false).map(Nodes::node).toList()));
  }

  private static Node node(Row row) {
    return new Node(
        row.getUUID("id"),
        row.getString("name"),
        row.getOffsetDateTime("started_at").toInstant(),
        row.getOffsetDateTime("seen_at").toInstant(),
        row.getOffsetDateTime("oldest_hit") == null
            ? null
            : row.getOffsetDateTime("oldest_hit").toInstant());
  }

  private static <T> Future<T> bounded(Future<T> answer) {
    return answer.timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }
}
