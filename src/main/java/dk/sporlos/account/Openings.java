package dk.sporlos.account;

import dk.sporlos.page.Language;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import org.jspecify.annotations.Nullable;

/** What comes of opening a link: the first account, a new password, an invited account. */
public final class Openings {
  private static final String ALONE = "lock table account in share row exclusive mode";

  private final Pool pool;
  private final Accounts accounts;
  private final Links links;

  public Openings(Pool pool, Accounts accounts, Links links) {
    this.pool = pool;
    this.accounts = accounts;
    this.links = links;
  }

  /**
   * What somebody says who opens a link.
   *
   * @param email of the first account; null where the link knows it
   */
  record Said(@Nullable Email email, String name, String passwordHash, Language language) {
    @Override
    public String toString() {
      return "Said";
    }
  }

  /** The link no longer holds, or leads to an address that has an account. */
  static final class NotOpenedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotOpenedException() {
      super("the link does not hold", null, false, false);
    }
  }

  /**
   * Opens a link; of two who do so at once only one succeeds.
   *
   * @return number of the account; a failure with {@link NotOpenedException} leaves all as it was
   */
  Future<Integer> open(Secret secret, Said said) {
    return pool.withTransaction(
        connection ->
            links
                .use(connection, secret)
                .compose(
                    link -> {
                      if (link == null) {
                        return Future.failedFuture(new NotOpenedException());
                      }
                      return switch (link.purpose()) {
                        case SETUP -> setUp(connection, said);
                        case RESET -> reset(connection, link, said);
                        case INVITATION -> join(connection, link, said);
                      };
                    }));
  }

  private Future<Integer> setUp(SqlConnection connection, Said said) {
    Email email = said.email();
    if (email == null) {
      return Future.failedFuture(new NotOpenedException());
    }
    return connection
        .query(ALONE)
        .execute()
        .compose(alone -> connection.query("select exists (select from account)").execute())
        .compose(
            rows ->
                rows.iterator().next().getBoolean(0)
                    ? Future.failedFuture(new NotOpenedException())
                    : add(connection, email, said, /* admin= */ true));
  }

  private static Future<Integer> reset(SqlConnection connection, Links.Link link, Said said) {
    Integer account = link.account();
    return account == null
        ? Future.failedFuture(new NotOpenedException())
        : Accounts.setPassword(connection, account, said.passwordHash(), null).map(account);
  }

  private Future<Integer> join(SqlConnection connection, Links.Link link, Said said) {
    Links.Invitation invitation = link.invitation();
    if (invitation == null) {
      return Future.failedFuture(new NotOpenedException());
    }
    Grant grant = invitation.grant();
    Future<Integer> added = add(connection, invitation.email(), said, grant == null);
    return grant == null
        ? added
        : added.compose(account -> Members.grant(connection, account, grant).map(account));
  }

  /*
   * An invitation opens its own role alone, not those that others invite the address to: whoever
   * invites sees the link, and could open it in another's name.
   */
  /**
   * Opens an invitation for an address that has an account by now: the account gets the role. Fails
   * with {@link NotOpenedException} if the link does not hold, or is none of those.
   */
  Future<Integer> accept(Secret secret) {
    return pool.withTransaction(
        connection ->
            links
                .use(connection, secret)
                .compose(
                    link -> {
                      Links.Invitation invitation = link == null ? null : link.invitation();
                      Grant grant = invitation == null ? null : invitation.grant();
                      return invitation == null || grant == null
                          ? Future.failedFuture(new NotOpenedException())
                          : accounts
                              .byEmail(invitation.email())
                              .compose(account -> grant(connection, account, grant));
                    }));
  }

  private static Future<Integer> grant(
      SqlConnection connection, @Nullable Account account, Grant grant) {
    return account == null
        ? Future.failedFuture(new NotOpenedException())
        : Members.grant(connection, account.id(), grant).map(account.id());
  }

  private Future<Integer> add(SqlConnection connection, Email email, Said said, boolean admin) {
    return accounts
        .add(
            connection,
            new Accounts.New(email, said.name(), admin, said.language(), said.passwordHash()))
        .compose(
            account ->
                account == null
                    ? Future.failedFuture(new NotOpenedException())
                    : Future.succeededFuture(account));
  }
}
