package dk.sporlos.account;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Table {@code account_link}: links that may be opened once. */
public final class Links {

  /** What a link opens. */
  enum Purpose {
    /** The first account, which is an admin's. */
    SETUP(Duration.ofMinutes(30)),
    /** A new password. */
    RESET(Duration.ofHours(1)),
    /** An account with a role. */
    INVITATION(Duration.ofDays(7));

    private final Duration life;

    Purpose(Duration life) {
      this.life = life;
    }

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final String ADD =
      """
      insert into account_link
        (secret_hash, purpose, account_id, email, site_id, group_id, role, expires_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8)
      """;

  private static final String TAKE_BACK = "delete from account_link where purpose = $1";

  private static final String TAKE_BACK_OF_ACCOUNT =
      "delete from account_link where purpose = $1 and account_id = $2";

  private static final String COLUMNS = "purpose, account_id, email, site_id, group_id, role";

  private static final String FIND =
      "select " + COLUMNS + " from account_link where secret_hash = $1 and expires_at > $2";

  private static final String USE =
      "delete from account_link where secret_hash = $1 and expires_at > $2 returning " + COLUMNS;

  private static final String TAKE_BACK_OF_EMAIL =
      """
      delete from account_link
      where purpose = 'invitation' and email = $1 and site_id = $2 and group_id = $3
      """;

  private static final String INVITED =
      """
      select email, role, expires_at from account_link
      where purpose = 'invitation' and site_id = $1 and group_id = $2 and expires_at > $3
      order by email
      """;

  private static final String EXPIRE = "delete from account_link where expires_at <= $1";

  private static final Duration BY_MAIL = Duration.ofMinutes(30);

  private final Pool pool;
  private final Clock clock;
  private final SecureRandom random;

  public Links(Pool pool, Clock clock, SecureRandom random) {
    this.pool = pool;
    this.clock = clock;
    this.random = random;
  }

  /**
   * What somebody is invited to.
   *
   * @param grant the role and what it is for; null for an admin
   */
  public record Invitation(Email email, @Nullable Grant grant) {}

  /** A link that holds: what it opens, and for whom. */
  record Link(Purpose purpose, @Nullable Integer account, @Nullable Invitation invitation) {}

  /** A link to the first account. One that was made before no longer holds. */
  public Future<String> toSetUp() {
    return pool.withTransaction(
        connection ->
            connection
                .preparedQuery(TAKE_BACK)
                .execute(Tuple.of(Purpose.SETUP.word()))
                .compose(gone -> add(connection, Purpose.SETUP, Purpose.SETUP.life, null, null)));
  }

  /** A link to a new password. One that was made before no longer holds. */
  public Future<String> toReset(int account) {
    return toReset(account, Purpose.RESET.life);
  }

  /** The same for a mail that anybody may ask for: it holds for half as long. */
  Future<String> toResetByMail(int account) {
    return toReset(account, BY_MAIL);
  }

  private Future<String> toReset(int account, Duration life) {
    return pool.withTransaction(
        connection ->
            connection
                .preparedQuery(TAKE_BACK_OF_ACCOUNT)
                .execute(Tuple.of(Purpose.RESET.word(), account))
                .compose(gone -> add(connection, Purpose.RESET, life, account, null)));
  }

  /**
   * A link to an account with a role. One to the same role that was made before no longer holds.
   */
  public Future<String> toJoin(Invitation invitation) {
    return pool.withTransaction(
        connection ->
            takeBack(connection, invitation.email(), target(invitation))
                .compose(
                    gone ->
                        add(
                            connection,
                            Purpose.INVITATION,
                            Purpose.INVITATION.life,
                            null,
                            invitation)));
  }

  private static Target target(Invitation invitation) {
    Grant grant = invitation.grant();
    return grant == null ? Target.INSTALLATION : new Target(grant.site(), grant.group());
  }

  /** Takes an invitation back; false if there was none. */
  Future<Boolean> takeBack(Email email, Target target) {
    return takeBack(pool, email, target);
  }

  private static Future<Boolean> takeBack(SqlClient connection, Email email, Target target) {
    return connection
        .preparedQuery(TAKE_BACK_OF_EMAIL)
        .execute(Tuple.of(email.text(), target.site(), target.group()))
        .map(rows -> rows.rowCount() > 0);
  }

  /**
   * Somebody who has not yet opened the link.
   *
   * @param role its label, or {@code admin}
   */
  record Invited(Email email, String role, OffsetDateTime expiresAt) {}

  /** Who is invited to something. */
  Future<List<Invited>> invited(Target target) {
    return pool.preparedQuery(INVITED)
        .execute(Tuple.of(target.site(), target.group(), clock.instant().atOffset(ZoneOffset.UTC)))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(
                        row ->
                            new Invited(
                                new Email(row.getString("email")),
                                row.getString("role"),
                                row.getOffsetDateTime("expires_at")))
                    .toList());
  }

  private Future<String> add(
      SqlClient connection,
      Purpose purpose,
      Duration life,
      @Nullable Integer account,
      @Nullable Invitation invitation) {
    Secret secret = Secret.draw(random);
    Instant end = clock.instant().plus(life);
    Grant grant = invitation == null ? null : invitation.grant();
    return connection
        .preparedQuery(ADD)
        .execute(
            Tuple.of(
                secret.hash(),
                purpose.word(),
                account,
                invitation == null ? null : invitation.email().text(),
                grant == null ? 0 : grant.site(),
                grant == null ? 0 : grant.group(),
                role(invitation),
                end.atOffset(ZoneOffset.UTC)))
        .map("/link/" + secret.text());
  }

  private static @Nullable String role(@Nullable Invitation invitation) {
    if (invitation == null) {
      return null;
    }
    Grant grant = invitation.grant();
    return grant == null ? "admin" : grant.role().label();
  }

  /** The link of a secret; null if there is none, or if it was used or has expired. */
  Future<@Nullable Link> find(Secret secret) {
    return secret.mayBeOne() ? one(pool, FIND, secret) : Future.succeededFuture();
  }

  /** The same, and the link is used up; by whoever is first. */
  Future<@Nullable Link> use(SqlClient connection, Secret secret) {
    return secret.mayBeOne() ? one(connection, USE, secret) : Future.succeededFuture();
  }

  private Future<@Nullable Link> one(SqlClient connection, String sql, Secret secret) {
    return connection
        .preparedQuery(sql)
        .execute(Tuple.of(secret.hash(), clock.instant().atOffset(ZoneOffset.UTC)))
        .map(rows -> rows.size() == 0 ? null : link(rows.iterator().next()));
  }

  private static Link link(Row row) {
    String email = row.getString("email");
    Role role = email == null ? null : Role.find(row.getString("role"));
    Grant grant =
        role == null
            ? null
            : new Grant(row.getInteger("site_id"), row.getInteger("group_id"), role);
    return new Link(
        Purpose.valueOf(row.getString("purpose").toUpperCase(Locale.ROOT)),
        row.getInteger("account_id"),
        email == null ? null : new Invitation(new Email(email), grant));
  }

  /** Deletes those that have expired. */
  public Future<Void> expire() {
    return pool.preparedQuery(EXPIRE)
        .execute(Tuple.of(clock.instant().atOffset(ZoneOffset.UTC)))
        .mapEmpty();
  }
}
