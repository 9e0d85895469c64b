package dk.sporlos.account;

import dk.sporlos.page.Language;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tables {@code provider_account} and {@code provider_role}: whose accounts are those that a
 * provider signs in, and what their groups there give them.
 */
final class ProviderAccounts {
  private static final String FIND =
      "select account_id as id from provider_account where issuer = $1 and subject = $2";

  private static final String BY_EMAIL = "select id from account where email = $1";

  private static final String LINK =
      """
      insert into provider_account (issuer, subject, account_id, linked_on) values ($1, $2, $3, $4)
      on conflict (issuer, subject) do nothing
      """;

  /*
   * Whoever had a link to an account of the address may have made it, without the mailbox. Now that
   * the provider says whose the address is, nobody else is let in by what they chose before.
   */
  private static final String END_EARLIER_WAYS =
      """
      with sessions as (delete from session where account_id = $1),
        keys as (delete from passkey where account_id = $1),
        codes as (delete from recovery_code where account_id = $1),
        links as (delete from account_link where account_id = $1)
      update account set password_hash = null, totp_secret = null, totp_step = null where id = $1
      """;

  private static final String TAKE_ROLES = "delete from provider_role where account_id = $1";

  /* Of a site that is not registered nobody has a role. */
  private static final String GIVE_ROLES =
      """
      insert into provider_role (account_id, site_id, role)
      select $1, coalesce(site.id, 0), given.role
      from unnest($2::text[], $3::text[]) as given (domain, role)
      left join site on site.domain = given.domain
      where given.domain = '' or site.id is not null
      """;

  /** Whether there is anything for an account to do here, or another way in than the provider. */
  private static final String IS_SOMEBODY =
      """
      select admin or password_hash is not null
        or exists (select from membership where account_id = $1)
        or exists (select from provider_role where account_id = $1) as somebody
      from account where id = $1
      """;

  private static final String END_SESSIONS = "delete from session where account_id = $1";

  private final Pool pool;
  private final Accounts accounts;
  private final Clock clock;

  ProviderAccounts(Pool pool, Accounts accounts, Clock clock) {
    this.pool = pool;
    this.accounts = accounts;
    this.clock = clock;
  }

  /**
   * The account of somebody whom the provider signed in, with the roles that their groups give them
   * now: the one they had before, else that of their address, else one that is made where a group
   * gives a role. Fails with {@link ProviderFault.SignInException} where there is none.
   *
   * @param language of an account that is made
   */
  Future<Integer> account(ProviderIdentity identity, GroupRoles.Given given, Language language) {
    return pool.withTransaction(
            connection ->
                find(connection, identity, given, language)
                    .compose(
                        account ->
                            account == null
                                ? Future.<@Nullable Integer>succeededFuture()
                                : renew(connection, account, given)))
        .compose(
            account ->
                account == null
                    ? Future.failedFuture(
                        (given.isNothing() || identity.email() != null
                                ? ProviderFault.NO_ROLE
                                : ProviderFault.NO_ADDRESS)
                            .asException())
                    : Future.succeededFuture(account));
  }

  private Future<@Nullable Integer> find(
      SqlConnection connection,
      ProviderIdentity identity,
      GroupRoles.Given given,
      Language language) {
    return connection
        .preparedQuery(FIND)
        .execute(Tuple.of(identity.issuer(), identity.subject()))
        .map(ProviderAccounts::id)
        .compose(
            known -> {
              Email email = identity.email();
              return known != null || email == null
                  ? Future.succeededFuture(known)
                  : byEmail(connection, identity, email, given, language)
                      .compose(account -> link(connection, identity, account));
            });
  }

  private Future<@Nullable Integer> byEmail(
      SqlConnection connection,
      ProviderIdentity identity,
      Email email,
      GroupRoles.Given given,
      Language language) {
    return connection
        .preparedQuery(BY_EMAIL)
        .execute(Tuple.of(email.text()))
        .map(ProviderAccounts::id)
        .compose(
            account ->
                account != null || given.isNothing()
                    ? Future.succeededFuture(account)
                    : accounts.add(
                        connection,
                        new Accounts.New(
                            email, name(identity, email), /* admin= */ false, language, null)));
  }

  /**
   * What the provider calls the person, if it can be one's name here; else what the address says.
   */
  private static String name(ProviderIdentity identity, Email email) {
    try {
      return Account.name(Objects.requireNonNullElse(identity.name(), ""));
    } catch (IllegalArgumentException unfit) {
      return email.text().substring(0, email.text().indexOf('@'));
    }
  }

  private Future<@Nullable Integer> link(
      SqlConnection connection, ProviderIdentity identity, @Nullable Integer account) {
    return account == null
        ? Future.succeededFuture()
        : connection
            .preparedQuery(END_EARLIER_WAYS)
            .execute(Tuple.of(account))
            .compose(
                ended ->
                    connection
                        .preparedQuery(LINK)
                        .execute(
                            Tuple.of(
                                identity.issuer(),
                                identity.subject(),
                                account,
                                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))))
            .map(account);
  }

  private static Future<@Nullable Integer> renew(
      SqlConnection connection, int account, GroupRoles.Given given) {
    List<String> domains = new ArrayList<>(given.byDomain().keySet());
    List<String> roles =
        new ArrayList<>(given.byDomain().values().stream().map(Role::label).toList());
    Role everywhere = given.everywhere();
    if (given.admin() || everywhere != null) {
      domains.add("");
      roles.add(given.admin() || everywhere == null ? "admin" : everywhere.label());
    }
    return connection
        .preparedQuery(TAKE_ROLES)
        .execute(Tuple.of(account))
        .compose(
            taken ->
                connection
                    .preparedQuery(GIVE_ROLES)
                    .execute(
                        Tuple.of(
                            account, domains.toArray(String[]::new), roles.toArray(String[]::new))))
        .compose(renewed -> connection.preparedQuery(IS_SOMEBODY).execute(Tuple.of(account)))
        .compose(
            rows ->
                rows.iterator().next().getBoolean("somebody")
                    ? Future.<@Nullable Integer>succeededFuture(account)
                    : connection
                        .preparedQuery(END_SESSIONS)
                        .execute(Tuple.of(account))
                        .map((@Nullable Integer) null));
  }

  private static @Nullable Integer id(RowSet<Row> rows) {
    return rows.size() == 0 ? null : rows.iterator().next().getInteger("id");
  }
}
