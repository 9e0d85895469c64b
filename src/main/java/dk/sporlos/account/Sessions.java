package dk.sporlos.account;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Table {@code session}: browsers in which somebody has signed in. */
public final class Sessions {

  /**
   * How long a session lasts.
   *
   * @param idle without being used
   * @param whole from signing in, however much it is used
   */
  public record Life(Duration idle, Duration whole) {}

  /** A code of a device is to be given within this time of the password. */
  static final Duration SECOND_STEP = Duration.ofMinutes(5);

  /* To this precision it is known when a session was used: it is not written with each request. */
  private static final Duration PRECISION = Duration.ofMinutes(5);

  private static final String BEGIN =
      """
      insert into session (secret_hash, account_id, complete, began_at, seen_at, browser)
      values ($1, $2, $3, $4, $4, $5)
      """;

  private static final String FIND =
      "select "
          + Accounts.COLUMNS
          + """
            , session.id as session_id, session.complete, session.seen_at
            from session join account on account.id = session.account_id
            where session.secret_hash = $1 and case when session.complete
              then session.began_at > $2 and session.seen_at > $3
              else session.began_at > $4 end
            """;

  private static final String SEE =
      "update session set seen_at = $2 where secret_hash = $1 and seen_at < $2";

  private static final String END = "delete from session where secret_hash = $1";

  private static final String END_ONE = "delete from session where account_id = $1 and id = $2";

  private static final String END_OTHERS =
      "delete from session where account_id = $1 and secret_hash <> $2";

  private static final String OF_ACCOUNT =
      """
      select id, browser, began_at, seen_at, secret_hash = $2 as current
      from session
      where account_id = $1 and complete and began_at > $3 and seen_at > $4
      order by seen_at desc, id desc
      """;

  private static final String EXPIRE =
      """
      delete from session
      where began_at <= $1 or seen_at <= $2 or (not complete and began_at <= $3)
      """;

  private final Pool pool;
  private final Life life;
  private final Clock clock;
  private final SecureRandom random;

  public Sessions(Pool pool, Life life, Clock clock, SecureRandom random) {
    this.pool = pool;
    this.life = life;
    this.clock = clock;
    this.random = random;
  }

  /**
   * A session that holds.
   *
   * @param complete false as long as the second step of signing in is to come
   */
  public record Session(int id, Account account, boolean complete, Secret secret) {}

  /** A session as its holder sees it. */
  public record Listed(
      int id, String browser, OffsetDateTime beganAt, OffsetDateTime seenAt, boolean current) {}

  /**
   * Begins one.
   *
   * @param complete false if a second step is to come
   * @param browser in words
   */
  Future<Secret> begin(SqlClient connection, int account, boolean complete, String browser) {
    Secret secret = Secret.draw(random);
    return connection
        .preparedQuery(BEGIN)
        .execute(Tuple.of(secret.hash(), account, complete, now(), browser))
        .map(secret);
  }

  Future<Secret> begin(int account, boolean complete, String browser) {
    return begin(pool, account, complete, browser);
  }

  /** The session of a secret; null if there is none, or if it has ended. */
  Future<@Nullable Session> find(Secret secret) {
    if (!secret.mayBeOne()) {
      return Future.succeededFuture();
    }
    OffsetDateTime now = now();
    return pool.preparedQuery(FIND)
        .execute(
            Tuple.of(
                secret.hash(),
                now.minus(life.whole()),
                now.minus(life.idle()),
                now.minus(SECOND_STEP)))
        .compose(
            rows ->
                rows.size() == 0
                    ? Future.succeededFuture()
                    : seen(rows.iterator().next(), secret, now));
  }

  private Future<Session> seen(Row row, Secret secret, OffsetDateTime now) {
    Session session =
        new Session(
            row.getInteger("session_id"),
            Accounts.account(row),
            row.getBoolean("complete"),
            secret);
    return row.getOffsetDateTime("seen_at").isAfter(now.minus(PRECISION))
        ? Future.succeededFuture(session)
        : pool.preparedQuery(SEE).execute(Tuple.of(secret.hash(), now)).map(session);
  }

  /** Ends one. */
  Future<Void> end(Secret secret) {
    return pool.preparedQuery(END).execute(Tuple.of(secret.hash())).mapEmpty();
  }

  /** Ends one of an account by its number. */
  Future<Void> end(int account, int id) {
    return pool.preparedQuery(END_ONE).execute(Tuple.of(account, id)).mapEmpty();
  }

  /** Ends all of an account but one. */
  Future<Void> endOthers(int account, Secret staying) {
    return pool.preparedQuery(END_OTHERS).execute(Tuple.of(account, staying.hash())).mapEmpty();
  }

  /** Those of an account, the last used first. */
  Future<List<Listed>> of(int account, Secret current) {
    OffsetDateTime now = now();
    return pool.preparedQuery(OF_ACCOUNT)
        .execute(Tuple.of(account, current.hash(), now.minus(life.whole()), now.minus(life.idle())))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(
                        row ->
                            new Listed(
                                row.getInteger("id"),
                                row.getString("browser"),
                                row.getOffsetDateTime("began_at"),
                                row.getOffsetDateTime("seen_at"),
                                row.getBoolean("current")))
                    .toList());
  }

  /** Deletes those that have ended by time. */
  public Future<Void> expire() {
    OffsetDateTime now = now();
    return pool.preparedQuery(EXPIRE)
        .execute(Tuple.of(now.minus(life.whole()), now.minus(life.idle()), now.minus(SECOND_STEP)))
        .mapEmpty();
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }
}
