package dk.sporlos.fold;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Table {@code interruption}: the days on which a process lost its memory of who was there. Visits
 * that were open split, and visitors who came back count again; answers about such a day say so.
 */
public final class Interruptions {

  /* Only where somebody was there on that day before: others had nothing to lose. */
  private static final String MARK =
      """
      insert into interruption (site_id, day)
      select id, lost.day
      from (select id, ($1::timestamptz at time zone timezone)::date as day from site) as lost
      where exists (select from visit where site_id = lost.id and visit.day = lost.day)
        or exists (
          select from hit join site on site.id = hit.site_id
          where hit.site_id = lost.id and hit.visit <> 0
            and (hit.at at time zone site.timezone)::date = lost.day)
      on conflict do nothing
      """;

  private static final String TODAY =
      """
      select count(*) from interruption join site on site.id = interruption.site_id
      where day = ($1::timestamptz at time zone timezone)::date
      """;

  private final Pool pool;
  private final Nodes nodes;
  private final Clock clock;

  /** What has been marked, so that it is looked up once and not every time. */
  private final Set<Nodes.Node> marked = ConcurrentHashMap.newKeySet();

  public Interruptions(Pool pool, Nodes nodes, Clock clock) {
    this.pool = pool;
    this.nodes = nodes;
    this.clock = clock;
  }

  /** Marks today: this process begins without what its predecessor knew. */
  public Future<Void> beganWithoutMemory() {
    return mark(clock.instant());
  }

  /** Marks the days on which other processes were last heard of, if they are silent. */
  public Future<Void> markSilent() {
    return nodes
        .silent()
        .compose(
            silent -> {
              List<Future<Void>> marks =
                  silent.stream()
                      .filter(node -> !marked.contains(node))
                      .map(node -> mark(node.seenAt()).onSuccess(done -> marked.add(node)))
                      .toList();
              return Future.all(marks).mapEmpty();
            });
  }

  /** Of how many sites today is marked. */
  public Future<Long> today() {
    return pool.preparedQuery(TODAY)
        .execute(Tuple.of(clock.instant().atOffset(ZoneOffset.UTC)))
        .map(rows -> rows.iterator().next().getLong(0));
  }

  private Future<Void> mark(Instant lost) {
    return mark(pool, lost);
  }

  /** Marks the day of an instant: what processes knew then is lost. */
  public static Future<Void> mark(Pool pool, Instant lost) {
    return pool.preparedQuery(MARK).execute(Tuple.of(lost.atOffset(ZoneOffset.UTC))).mapEmpty();
  }
}
