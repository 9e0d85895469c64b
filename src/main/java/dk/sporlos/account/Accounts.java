package dk.sporlos.account;

import dk.sporlos.page.Language;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Table {@code account}. */
public final class Accounts {

  static final String COLUMNS =
      """
      account.id, account.email, account.name, account.language,
      account.admin or exists (
        select from provider_role
        where provider_role.account_id = account.id and provider_role.role = 'admin') as admin,
      account.password_hash is not null as has_password,
      account.totp_step is not null as second_step, account.created_on,
      exists (select from passkey where passkey.account_id = account.id) as has_passkey
      """;

  private static final String ADD =
      """
      insert into account (email, name, admin, language, password_hash, created_on)
      values ($1, $2, $3, $4, $5, $6)
      on conflict (email) do nothing
      returning id
      """;

  private static final String ANY = "select exists (select from account)";

  private static final String ALL = "select " + COLUMNS + " from account order by email";

  private static final String BY_EMAIL =
      "select " + COLUMNS + ", password_hash from account where email = $1";

  private static final String BY_ID =
      "select " + COLUMNS + ", password_hash from account where id = $1";

  /* Whoever else is signed in with the old password is no longer. */
  private static final String SET_PASSWORD =
      """
      with changed as (
        update account set password_hash = $2 where id = $1 returning id
      ), links as (
        delete from account_link using changed where account_id = changed.id
      ), audited as (
        insert into audit (site_id, actor, action, what, rows)
        select 0, 'account ' || id, 'change', 'password', 1 from changed
      )
      delete from session using changed
      where account_id = changed.id and secret_hash is distinct from $3
      """;

  private static final String SET_PROFILE =
      "update account set name = $2, language = $3 where id = $1";

  private static final String REMOVE = "delete from account where id = $1";

  /* Of two admins who remove each other at once, the one who is second waits and then stays. */
  private static final String LOCK_ADMINS =
      "select id from account where admin order by id for update";

  private final Pool pool;
  private final Clock clock;

  public Accounts(Pool pool, Clock clock) {
    this.pool = pool;
    this.clock = clock;
  }

  /**
   * An account and what its password is compared with.
   *
   * @param passwordHash null if it has none
   */
  record WithPassword(Account account, @Nullable String passwordHash) {
    @Override
    public String toString() {
      return "WithPassword[" + account.id() + "]";
    }
  }

  /** What an account is made of. */
  public record New(
      Email email, String name, boolean admin, Language language, @Nullable String passwordHash) {
    public New {
      name = Account.name(name);
    }

    @Override
    public String toString() {
      return "New";
    }
  }

  /** Whether there is one at all. */
  public Future<Boolean> any() {
    return pool.query(ANY).execute().map(rows -> rows.iterator().next().getBoolean(0));
  }

  /** All of them, by address. */
  public Future<List<Account>> all() {
    return pool.query(ALL).execute().map(Accounts::list);
  }

  /** Adds one; null if the address has one already. */
  public Future<@Nullable Integer> add(New account) {
    return add(pool, account);
  }

  Future<@Nullable Integer> add(SqlClient connection, New account) {
    return connection
        .preparedQuery(ADD)
        .execute(
            Tuple.of(
                account.email().text(),
                account.name(),
                account.admin(),
                account.language().code(),
                account.passwordHash(),
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)))
        .map(rows -> rows.size() == 0 ? null : rows.iterator().next().getInteger("id"));
  }

  Future<@Nullable WithPassword> find(Email email) {
    return pool.preparedQuery(BY_EMAIL).execute(Tuple.of(email.text())).map(Accounts::one);
  }

  Future<@Nullable WithPassword> find(int id) {
    return pool.preparedQuery(BY_ID).execute(Tuple.of(id)).map(Accounts::one);
  }

  /** The account of an address; null if there is none. */
  public Future<@Nullable Account> byEmail(Email email) {
    return find(email).map(found -> found == null ? null : found.account());
  }

  /**
   * Changes the password, ends every other session of the account and takes its links back.
   *
   * @param staying the session that goes on; null for none
   */
  public Future<Void> setPassword(int id, String hash, @Nullable Secret staying) {
    return setPassword(pool, id, hash, staying);
  }

  static Future<Void> setPassword(
      SqlClient connection, int id, String hash, @Nullable Secret staying) {
    return connection
        .preparedQuery(SET_PASSWORD)
        .execute(Tuple.of(id, hash, staying == null ? null : staying.hash()))
        .mapEmpty();
  }

  /** Changes what its holder is called, and the language that they are spoken to in. */
  Future<Void> setProfile(int id, String name, Language language) {
    return pool.preparedQuery(SET_PROFILE)
        .execute(Tuple.of(id, Account.name(name), language.code()))
        .mapEmpty();
  }

  /** Deletes an account, with its sessions, roles and codes. */
  public Future<Void> remove(int id) {
    return pool.preparedQuery(REMOVE).execute(Tuple.of(id)).mapEmpty();
  }

  /**
   * Deletes an account as {@link #remove} does, but not the last that may do everything.
   *
   * @return whether it is deleted
   */
  Future<Boolean> removeUnlessLastAdmin(int id) {
    return pool.withTransaction(
        connection ->
            connection
                .query(LOCK_ADMINS)
                .execute()
                .compose(
                    admins -> {
                      boolean last =
                          admins.size() == 1 && admins.iterator().next().getInteger("id") == id;
                      return last
                          ? Future.succeededFuture(false)
                          : connection.preparedQuery(REMOVE).execute(Tuple.of(id)).map(true);
                    }));
  }

  static Account account(Row row) {
    return new Account(
        row.getInteger("id"),
        new Email(row.getString("email")),
        row.getString("name"),
        row.getBoolean("admin"),
        Language.parse(row.getString("language")),
        row.getBoolean("has_password"),
        row.getBoolean("second_step"),
        row.getBoolean("has_passkey"),
        row.getLocalDate("created_on"));
  }

  private static List<Account> list(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false).map(Accounts::account).toList();
  }

  private static @Nullable WithPassword one(RowSet<Row> rows) {
    if (rows.size() == 0) {
      return null;
    }
    Row row = rows.iterator().next();
    return new WithPassword(account(row), row.getString("password_hash"));
  }
}
