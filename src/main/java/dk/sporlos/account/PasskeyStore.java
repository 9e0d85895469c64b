package dk.sporlos.account;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.auth.webauthn4j.Authenticator;
import io.vertx.ext.auth.webauthn4j.CredentialStorage;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Table {@code passkey}. The library that verifies asks it by the number of an account, as text.
 */
final class PasskeyStore implements CredentialStorage {
  /** So many passkeys an account has at most. */
  static final int MOST = 20;

  private static final String FIND =
      """
      select account_id, credential_id, public_key, counter, model from passkey
      where ($1::int is null or account_id = $1) and ($2::bytea is null or credential_id = $2)
      """;

  private static final String ADD =
      """
      insert into passkey
        (account_id, credential_id, public_key, counter, model, name, created_on)
      select $1, $2, $3, $4, $5, '', $6
      where (select count(*) from passkey where account_id = $1) < $7
      on conflict (credential_id) do nothing
      """;

  private static final String NAME =
      "update passkey set name = $3 where account_id = $1 and credential_id = $2";

  /* Of two who show one signature at once, or a copy of the passkey, the second is too late. */
  private static final String COUNT =
      """
      update passkey set counter = $2, used_on = $3
      where credential_id = $1 and (counter < $2 or (counter = 0 and $2 = 0))
      """;

  private static final String HOLDER =
      """
      select account.id, account.handle from passkey
      join account on account.id = passkey.account_id
      where passkey.credential_id = $1
      """;

  private static final String HANDLE = "select handle from account where id = $1";

  private static final String OF_ACCOUNT =
      """
      select id, name, created_on, used_on from passkey where account_id = $1 order by id
      """;

  private static final String REMOVE = "delete from passkey where account_id = $1 and id = $2";

  private final Pool pool;
  private final Clock clock;

  PasskeyStore(Pool pool, Clock clock) {
    this.pool = pool;
    this.clock = clock;
  }

  /** A passkey as its holder sees it. */
  record Listed(int id, String name, LocalDate createdOn, @Nullable LocalDate usedOn) {}

  /** The database did not answer: nothing is known about the passkey. */
  static final class AwayException extends RuntimeException {
    private static final long serialVersionUID = 1;

    AwayException(Throwable cause) {
      super("passkeys could not be read or written", cause);
    }
  }

  @Override
  public Future<List<Authenticator>> find(@Nullable String holder, @Nullable String credential) {
    return pool.preparedQuery(FIND)
        .execute(
            Tuple.of(
                holder == null ? null : Integer.valueOf(holder),
                credential == null ? null : bytes(credential)))
        .recover(PasskeyStore::away)
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(PasskeyStore::authenticator)
                    .toList());
  }

  @Override
  public Future<Void> storeCredential(Authenticator made) {
    return pool.preparedQuery(ADD)
        .execute(
            Tuple.of(
                Integer.valueOf(made.getUsername()),
                bytes(made.getCredID()),
                bytes(made.getPublicKey()),
                made.getCounter(),
                UUID.fromString(made.getAaguid()),
                today(),
                MOST))
        .compose(PasskeyStore::one);
  }

  @Override
  public Future<Void> updateCounter(Authenticator used) {
    return pool.preparedQuery(COUNT)
        .execute(Tuple.of(bytes(used.getCredID()), used.getCounter(), today()))
        .compose(PasskeyStore::one);
  }

  private static Future<Void> one(RowSet<Row> written) {
    return written.rowCount() == 1
        ? Future.succeededFuture()
        : Future.failedFuture("no passkey was written");
  }

  /** Gives a passkey its name; false if the account has none such. */
  Future<Boolean> name(int account, String credential, String name) {
    return pool.preparedQuery(NAME)
        .execute(Tuple.of(account, bytes(credential), name))
        .map(rows -> rows.rowCount() == 1);
  }

  /**
   * Whose passkey it is.
   *
   * @param handle what the authenticator says of whose it is; null if it does not say
   * @return null if it is nobody's, or somebody else's than is said
   */
  Future<@Nullable Integer> holder(String credential, @Nullable String handle) {
    return pool.preparedQuery(HOLDER)
        .execute(Tuple.of(bytes(credential)))
        .map(
            rows -> {
              if (rows.size() == 0) {
                return null;
              }
              Row row = rows.iterator().next();
              return handle == null || handle.equals(text(row.getUUID("handle")))
                  ? row.getInteger("id")
                  : null;
            });
  }

  /** By what an authenticator knows whose passkeys it holds. */
  Future<String> handle(int account) {
    return pool.preparedQuery(HANDLE)
        .execute(Tuple.of(account))
        .map(rows -> text(rows.iterator().next().getUUID("handle")));
  }

  /** Those of an account, the oldest first. */
  Future<List<Listed>> of(int account) {
    return pool.preparedQuery(OF_ACCOUNT)
        .execute(Tuple.of(account))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(
                        row ->
                            new Listed(
                                row.getInteger("id"),
                                row.getString("name"),
                                row.getLocalDate("created_on"),
                                row.getLocalDate("used_on")))
                    .toList());
  }

  /** Removes one of an account. */
  Future<Void> remove(int account, int passkey) {
    return pool.preparedQuery(REMOVE).execute(Tuple.of(account, passkey)).mapEmpty();
  }

  private static Authenticator authenticator(Row row) {
    return new Authenticator()
        .setUsername(Integer.toString(row.getInteger("account_id")))
        .setCredID(text(row.getBuffer("credential_id")))
        .setPublicKey(text(row.getBuffer("public_key")))
        .setCounter(row.getLong("counter"))
        .setAaguid(row.getUUID("model").toString());
  }

  private static Future<RowSet<Row>> away(Throwable failure) {
    return Future.failedFuture(new AwayException(failure));
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private static Buffer bytes(String text) {
    return Buffer.buffer(Base64.getUrlDecoder().decode(text));
  }

  private static String text(Buffer bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.getBytes());
  }

  private static String text(UUID number) {
    return text(
        Buffer.buffer()
            .appendLong(number.getMostSignificantBits())
            .appendLong(number.getLeastSignificantBits()));
  }
}
