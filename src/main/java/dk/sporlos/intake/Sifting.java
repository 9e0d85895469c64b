package dk.sporlos.intake;

import dk.sporlos.database.SqlStates;
import dk.sporlos.door.Hit;
import dk.sporlos.door.Reason;
import dk.sporlos.metrics.FailureLog;
import dk.sporlos.spool.Batch;
import dk.sporlos.spool.HitFormat;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Writes batches that PostgreSQL refuses because of what is in them: those hits that can be stored
 * are, and the others go to table {@code set_aside}, all in one commit under the batch's number.
 */
final class Sifting {

  /*
   * A batch is halved until the hits that are to blame are found. First for the dictionaries, whose
   * entries are inserted in transactions of their own and harm nobody, then for the inbox, in one
   * transaction with a savepoint around each part. So the batch stays what it is for whoever sends
   * it again: stored or not. The client's own transaction will not do: it gives up at the first
   * statement that fails, savepoint or not.
   */
  private static final String REMEMBER =
      """
      insert into batch (site_id, hour, id) values ($1, $2, $3)
      on conflict do nothing
      returning id
      """;

  private static final String SET_ASIDE =
      """
      insert into set_aside (site_id, id, visit, day, reason, content)
      values ($1, $2, $3, $4, $5, $6)
      """;

  /* In the same commit, so that what is set aside is counted once, whoever hears of it. */
  private static final String COUNT =
      """
      insert into refusal (site_id, day, reason, detail, count)
      select id, ($2::timestamptz at time zone timezone)::date, $3, '', 1 from site where id = $1
      on conflict (site_id, day, reason, detail)
      do update set count = refusal.count + excluded.count
      """;

  /** What PostgreSQL calls data that do not fit, and no closer. */
  private static final String DATA_EXCEPTION = "22000";

  /** Hits that their dictionaries took, and where they stand in the batch. */
  private record Part(int from, NumberedHits hits) {
    private int size() {
      return hits.hits().size();
    }

    private Part part(int begin, int end) {
      return new Part(from + begin, hits.part(begin, end));
    }
  }

  private final Pool pool;
  private final HitDictionaries dictionaries;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final Counter hitsSetAside;
  private final FailureLog poison = new FailureLog("a hit cannot be stored and is set aside");

  Sifting(Pool pool, HitDictionaries dictionaries, Clock clock, MeterRegistry meters) {
    this.pool = pool;
    this.dictionaries = dictionaries;
    this.clock = clock;
    this.hitsSetAside =
        Counter.builder("sporlos.hits.setaside")
            .description("Hits set aside because they could not be stored")
            .register(meters);
  }

  /** Whether a hit is to blame for a failure, so that the same will always fail. */
  static boolean isToBlame(Throwable failure) {
    return SqlStates.isOfData(failure) || failure instanceof UnfitHitException;
  }

  /**
   * Writes a batch.
   *
   * @return positions of the hits that were set aside; none if the batch was stored before
   */
  Future<Set<Integer>> write(Batch batch) {
    Map<Integer, Throwable> refused = new TreeMap<>();
    List<Part> parts = new ArrayList<>();
    return number(batch.hits(), 0, parts, refused)
        .compose(
            numbered ->
                pool.withConnection(
                    connection ->
                        inTransaction(connection, () -> write(connection, batch, parts, refused))))
        .onSuccess(
            setAside -> {
              hitsSetAside.increment(setAside.size());
              if (!setAside.isEmpty()) {
                refused.values().forEach(poison::log);
              }
            });
  }

  private Future<Void> number(
      List<Hit> hits, int from, List<Part> parts, Map<Integer, Throwable> refused) {
    return dictionaries
        .number(hits)
        .<Void>map(
            numbered -> {
              parts.add(new Part(from, numbered));
              return null;
            })
        .recover(
            failure -> {
              if (!isToBlame(failure)) {
                return Future.failedFuture(failure);
              }
              if (hits.size() == 1) {
                refused.put(from, failure);
                return Future.succeededFuture();
              }
              int middle = hits.size() / 2;
              return number(hits.subList(0, middle), from, parts, refused)
                  .compose(
                      first ->
                          number(hits.subList(middle, hits.size()), from + middle, parts, refused));
            });
  }

  private Future<Set<Integer>> write(
      SqlConnection connection, Batch batch, List<Part> parts, Map<Integer, Throwable> refused) {
    return connection
        .preparedQuery(REMEMBER)
        .execute(Tuple.of(batch.site().value(), Inbox.hour(batch.oldest()), batch.id()))
        .compose(
            rows ->
                rows.size() == 0
                    ? Future.succeededFuture(Set.<Integer>of())
                    : append(connection, Destination.of(batch), parts, refused)
                        .compose(appended -> setAside(connection, batch, refused))
                        .map(done -> Set.copyOf(refused.keySet())));
  }

  private static Future<Void> append(
      SqlConnection connection,
      Destination destination,
      List<Part> parts,
      Map<Integer, Throwable> refused) {
    Future<Void> appended = Future.succeededFuture();
    for (Part part : parts) {
      appended = appended.compose(before -> append(connection, destination, part, refused));
    }
    return appended;
  }

  private static Future<Void> append(
      SqlConnection connection,
      Destination destination,
      Part part,
      Map<Integer, Throwable> refused) {
    return run(connection, "savepoint part")
        .compose(
            begun ->
                connection
                    .preparedQuery(destination.append())
                    .execute(destination.parameters(part.hits())))
        .compose(appended -> run(connection, "release savepoint part"))
        .recover(
            failure ->
                isToBlame(failure)
                    ? run(connection, "rollback to savepoint part")
                        .compose(back -> run(connection, "release savepoint part"))
                        .compose(released -> blame(connection, destination, part, failure, refused))
                    : Future.failedFuture(failure));
  }

  private static Future<Void> blame(
      SqlConnection connection,
      Destination destination,
      Part part,
      Throwable failure,
      Map<Integer, Throwable> refused) {
    if (part.size() == 1) {
      refused.put(part.from(), failure);
      return Future.succeededFuture();
    }
    int middle = part.size() / 2;
    return append(connection, destination, part.part(0, middle), refused)
        .compose(first -> append(connection, destination, part.part(middle, part.size()), refused));
  }

  private Future<Void> setAside(
      SqlConnection connection, Batch batch, Map<Integer, Throwable> refused) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    Future<Void> done = Future.succeededFuture();
    for (Map.Entry<Integer, Throwable> entry : refused.entrySet()) {
      Hit hit = batch.hits().get(entry.getKey());
      String state = SqlStates.of(entry.getValue());
      Tuple row =
          Tuple.of(
              hit.site().value(),
              random.nextLong(),
              hit.visit(),
              today,
              state.isEmpty() ? DATA_EXCEPTION : state,
              Buffer.buffer(HitFormat.write(List.of(hit))));
      Tuple count =
          Tuple.of(
              hit.site().value(),
              clock.instant().atOffset(ZoneOffset.UTC),
              Reason.SET_ASIDE.label());
      done =
          done.compose(before -> connection.preparedQuery(SET_ASIDE).execute(row))
              .compose(put -> connection.preparedQuery(COUNT).execute(count))
              .mapEmpty();
    }
    return done;
  }

  private static <T> Future<T> inTransaction(SqlConnection connection, Supplier<Future<T>> work) {
    return run(connection, "begin")
        .compose(begun -> work.get())
        .compose(result -> run(connection, "commit").map(result))
        .recover(
            failure ->
                run(connection, "rollback").transform(ended -> Future.failedFuture(failure)));
  }

  private static Future<Void> run(SqlConnection connection, String statement) {
    return connection.query(statement).execute().mapEmpty();
  }
}
