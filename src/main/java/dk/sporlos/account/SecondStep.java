package dk.sporlos.account;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.apache.commons.codec.binary.Base32;
import org.jspecify.annotations.Nullable;

/**
 * The second step of signing in: a code of the holder's device, or one of those kept for its loss.
 */
public final class SecondStep {
  private static final int CODES = 10;
  private static final int CODE_BYTES = 10;

  private static final String PREPARE =
      "update account set totp_secret = $2 where id = $1 and totp_step is null";

  private static final String SECRET = "select totp_secret, totp_step from account where id = $1";

  private static final String HOLD_SECRET = SECRET + " for update";

  private static final String TAKE = "update account set totp_step = $2 where id = $1";

  private static final String REMOVE =
      """
      with gone as (delete from recovery_code where account_id = $1)
      update account set totp_secret = null, totp_step = null where id = $1
      """;

  private static final String FORGET_DEVICES =
      """
      with codes as (
        delete from recovery_code where account_id = $1
      ), passkeys as (
        delete from passkey where account_id = $1
      )
      update account set totp_secret = null, totp_step = null where id = $1
      """;

  private static final String FORGET_CODES = "delete from recovery_code where account_id = $1";

  private static final String ADD_CODES =
      "insert into recovery_code (account_id, code_hash) select $1, unnest($2::bytea[])";

  private static final String USE_CODE =
      "delete from recovery_code where account_id = $1 and code_hash = $2";

  private static final String CODES_LEFT =
      "select count(*) from recovery_code where account_id = $1";

  private final Pool pool;
  private final Clock clock;
  private final SecureRandom random;

  public SecondStep(Pool pool, Clock clock, SecureRandom random) {
    this.pool = pool;
    this.clock = clock;
    this.random = random;
  }

  /** A new secret for an account that has no device yet; it holds once a code confirms it. */
  Future<Totp> prepare(int account) {
    Totp totp = Totp.draw(random);
    return pool.preparedQuery(PREPARE).execute(Tuple.of(account, totp.secret())).map(totp);
  }

  /** The secret that is to be confirmed; null if none is. */
  Future<@Nullable Totp> prepared(int account) {
    return pool.preparedQuery(SECRET)
        .execute(Tuple.of(account))
        .map(
            rows -> {
              Row row = rows.size() == 0 ? null : rows.iterator().next();
              return row == null || row.getLong("totp_step") != null ? null : totp(row);
            });
  }

  /**
   * Confirms the device by its first code.
   *
   * @return the codes for its loss, which nobody can tell again; null if the code is wrong
   */
  Future<@Nullable List<String>> confirm(int account, String code) {
    return pool.withTransaction(
        connection ->
            take(connection, account, code)
                .compose(
                    right ->
                        right
                            ? newCodes(connection, account)
                            : Future.<@Nullable List<String>>succeededFuture(null)));
  }

  /** Whether a code is right, of the device or for its loss; a code is right once. */
  Future<Boolean> isRight(int account, String code) {
    return pool.withTransaction(
        connection ->
            take(connection, account, code)
                .compose(
                    right ->
                        right ? Future.succeededFuture(true) : use(connection, account, code)));
  }

  /** New codes for the loss of the device; those before are no longer taken. */
  Future<List<String>> newCodes(int account) {
    return pool.withTransaction(connection -> newCodes(connection, account));
  }

  /** How many codes for the loss of the device are left. */
  Future<Long> codesLeft(int account) {
    return pool.preparedQuery(CODES_LEFT)
        .execute(Tuple.of(account))
        .map(rows -> rows.iterator().next().getLong(0));
  }

  /** Takes the second step away. */
  Future<Void> remove(int account) {
    return pool.preparedQuery(REMOVE).execute(Tuple.of(account)).mapEmpty();
  }

  /** Takes everything away that a lost device may have held: also the passkeys. */
  public Future<Void> forgetDevices(int account) {
    return pool.preparedQuery(FORGET_DEVICES).execute(Tuple.of(account)).mapEmpty();
  }

  /* The row is held, so that of two requests with one code only the first finds it new. */
  private Future<Boolean> take(SqlConnection connection, int account, String code) {
    return connection
        .preparedQuery(HOLD_SECRET)
        .execute(Tuple.of(account))
        .compose(
            rows -> {
              Row row = rows.size() == 0 ? null : rows.iterator().next();
              Totp totp = row == null ? null : totp(row);
              if (row == null || totp == null) {
                return Future.succeededFuture(false);
              }
              Long last = row.getLong("totp_step");
              OptionalLong step = totp.step(code, clock.instant(), last == null ? -1 : last);
              return step.isEmpty()
                  ? Future.succeededFuture(false)
                  : connection
                      .preparedQuery(TAKE)
                      .execute(Tuple.of(account, step.getAsLong()))
                      .map(true);
            });
  }

  private static Future<Boolean> use(SqlConnection connection, int account, String code) {
    String said = code.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
    return connection
        .preparedQuery(USE_CODE)
        .execute(Tuple.of(account, new Secret(said).hash()))
        .map(rows -> rows.rowCount() == 1);
  }

  private Future<List<String>> newCodes(SqlConnection connection, int account) {
    List<String> codes = new ArrayList<>();
    Buffer[] hashes = new Buffer[CODES];
    for (int i = 0; i < CODES; i++) {
      byte[] bytes = new byte[CODE_BYTES];
      random.nextBytes(bytes);
      String code = new Base32().encodeToString(bytes);
      hashes[i] = new Secret(code).hash();
      codes.add(code.replaceAll("(.{4})(?!$)", "$1-"));
    }
    return connection
        .preparedQuery(FORGET_CODES)
        .execute(Tuple.of(account))
        .compose(
            gone ->
                connection
                    .preparedQuery(ADD_CODES)
                    .execute(Tuple.tuple().addInteger(account).addArrayOfBuffer(hashes)))
        .map(List.copyOf(codes));
  }

  private static @Nullable Totp totp(Row row) {
    Buffer secret = row.getBuffer("totp_secret");
    return secret == null ? null : new Totp(secret);
  }
}
