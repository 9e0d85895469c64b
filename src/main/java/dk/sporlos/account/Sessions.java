package dk.sporlos.account;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
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
   * How long a session lasts, and what it takes to open anything.
   *
   * @param idle without being used
   * @param whole from signing in, however much it is used
   * @param secondStep whether a password alone opens nothing, for nobody
   */
  public record Rules(Duration idle, Duration whole, boolean secondStep) {}

  /** A code of a device is to be given within this time of the password. */
  static final Duration SECOND_STEP = Duration.ofMinutes(5);

  /** Who has no second step yet is to set one up within this time of the password. */
  static final Duration SETTING_UP = Duration.ofMinutes(15);

  /* To this precision it is known when a session was used: it is not written with each request. */
  private static final Duration PRECISION = Duration.ofMinutes(5);

  private static final String BEGIN =
      """
      insert into session (secret_hash, account_id, complete, way, began_at, seen_at, browser)
      select $1, id, $3 <> 'password' or totp_step is null, $3, $4, $4, $5
      from account where id = $2
      """;

  /* Of one commit: nobody is in without the audit saying so. */
  private static final String BEGIN_AUDITED =
      "with begun as ("
          + BEGIN
          + """
            returning account_id)
            insert into audit (site_id, actor, action, what, rows)
            select 0, 'account ' || account_id, 'sign in', $3, 1 from begun
            """;

  private static final String FIND =
      "select "
          + Accounts.COLUMNS
          + """
            , session.id as session_id, session.complete, session.way,
            session.began_at, session.seen_at
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
  private final Rules rules;
  private final Clock clock;
  private final SecureRandom random;

  public Sessions(Pool pool, Rules rules, Clock clock, SecureRandom random) {
    this.pool = pool;
    this.rules = rules;
    this.clock = clock;
    this.random = random;
  }

  /** How far somebody has come with signing in. */
  enum Standing {
    /** As far as it takes. */
    COMPLETE,
    /** Their second step is to come. */
    TO_PROVE,
    /** They have no second step, and have to set one up. */
    TO_SET_UP
  }

  /** A session that holds. */
  public record Session(int id, Account account, Standing standing, Secret secret) {

    /** Whether it opens anything but the rest of signing in. */
    public boolean complete() {
      return standing == Standing.COMPLETE;
    }
  }

  /** A session as its holder sees it. */
  public record Listed(
      int id, String browser, OffsetDateTime beganAt, OffsetDateTime seenAt, boolean current) {}

  /**
   * Begins one.
   *
   * @param way by which its holder has come so far
   * @param browser in words
   */
  Future<Secret> begin(int account, Way way, String browser) {
    return insert(BEGIN_AUDITED, account, way, browser);
  }

  private Future<Secret> insert(String sql, int account, Way way, String browser) {
    Secret secret = Secret.draw(random);
    return pool.preparedQuery(sql)
        .execute(Tuple.of(secret.hash(), account, way.word(), now(), browser))
        .map(secret);
  }

  /** Ends a session and begins another in its place, of the same holder. */
  Future<Secret> renew(Session session, Way way, String browser) {
    // A session that goes back to the password alone is no sign-in.
    String sql = way == Way.PASSWORD ? BEGIN : BEGIN_AUDITED;
    return end(session.secret())
        .compose(ended -> insert(sql, session.account().id(), way, browser));
  }

  /** Whether a password alone opens nothing, for nobody. */
  boolean asksForSecondStep() {
    return rules.secondStep();
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
                now.minus(rules.whole()),
                now.minus(rules.idle()),
                now.minus(SECOND_STEP)))
        .compose(
            rows ->
                rows.size() == 0
                    ? Future.succeededFuture()
                    : seen(rows.iterator().next(), secret, now));
  }

  private Future<@Nullable Session> seen(Row row, Secret secret, OffsetDateTime now) {
    Account account = Accounts.account(row);
    Standing standing = standing(row, account);
    if (standing == Standing.TO_SET_UP
        && !row.getOffsetDateTime("began_at").isAfter(now.minus(SETTING_UP))) {
      return Future.succeededFuture();
    }
    Session session = new Session(row.getInteger("session_id"), account, standing, secret);
    return row.getOffsetDateTime("seen_at").isAfter(now.minus(PRECISION))
        ? Future.succeededFuture(session)
        : pool.preparedQuery(SEE).execute(Tuple.of(secret.hash(), now)).map(session);
  }

  /* Told anew each time, so that what the installation asks for holds for sessions that go on. */
  private Standing standing(Row row, Account account) {
    if (!row.getBoolean("complete")) {
      return Standing.TO_PROVE;
    }
    if (!rules.secondStep() || Way.of(row.getString("way")) != Way.PASSWORD) {
      return Standing.COMPLETE;
    }
    return account.secondStep() || account.hasPasskey() ? Standing.TO_PROVE : Standing.TO_SET_UP;
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
        .execute(
            Tuple.of(account, current.hash(), now.minus(rules.whole()), now.minus(rules.idle())))
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
        .execute(
            Tuple.of(now.minus(rules.whole()), now.minus(rules.idle()), now.minus(SECOND_STEP)))
        .mapEmpty();
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }
}
