package dk.sporlos.account;

import dk.sporlos.site.SiteId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Table {@code membership}: who may do what on which sites, beside what their groups at a provider
 * give them.
 */
public final class Members {

  private static final String GRANT =
      """
      insert into membership (account_id, site_id, group_id, role) values ($1, $2, $3, $4)
      on conflict (account_id, site_id, group_id) do update set role = excluded.role
      """;

  private static final String REVOKE =
      "delete from membership where account_id = $1 and site_id = $2 and group_id = $3";

  private static final String ROLES =
      """
      select role from membership
      where account_id = $1 and (site_id = $2 or group_id in (
        select group_id from grouped_site where site_id = $2))
      union all
      select role from provider_role
      where account_id = $1 and site_id in (0, $2) and role <> 'admin'
      """;

  private static final String SITES =
      """
      select membership.role, coalesce(grouped_site.site_id, membership.site_id) as site_id
      from membership
      left join grouped_site
        on grouped_site.group_id = membership.group_id and membership.group_id <> 0
      where membership.account_id = $1 and coalesce(grouped_site.site_id, membership.site_id) <> 0
      union all
      select provider_role.role, site.id
      from provider_role join site on provider_role.site_id in (0, site.id)
      where provider_role.account_id = $1 and provider_role.role <> 'admin'
      """;

  private static final String OF_TARGET =
      "select "
          + Accounts.COLUMNS
          + """
            , membership.role
            from membership join account on account.id = membership.account_id
            where membership.site_id = $1 and membership.group_id = $2
            order by account.email
            """;

  private final Pool pool;

  public Members(Pool pool) {
    this.pool = pool;
  }

  /** A member of a site. */
  public record Member(Account account, Role role) {}

  /** Gives a role, in place of the one that the account has there. */
  public Future<Void> grant(int account, Grant grant) {
    return grant(pool, account, grant);
  }

  static Future<Void> grant(SqlClient connection, int account, Grant grant) {
    return connection
        .preparedQuery(GRANT)
        .execute(Tuple.of(account, grant.site(), grant.group(), grant.role().label()))
        .mapEmpty();
  }

  /** Takes the role back that an account has on a site itself. */
  public Future<Boolean> revoke(int account, SiteId site) {
    return revoke(account, Target.of(site));
  }

  /** Takes the role back that an account has on the target itself. */
  Future<Boolean> revoke(int account, Target target) {
    return pool.preparedQuery(REVOKE)
        .execute(Tuple.of(account, target.site(), target.group()))
        .map(rows -> rows.rowCount() > 0);
  }

  /** The role of an account on a site, the highest of those it has; null if it has none. */
  Future<@Nullable Role> role(int account, SiteId site) {
    return pool.preparedQuery(ROLES)
        .execute(Tuple.of(account, site.value()))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(row -> Objects.requireNonNull(Role.find(row.getString("role"))))
                    .max(Role::compareTo)
                    .orElse(null));
  }

  /** The sites on which an account has a role, by number. */
  Future<Map<Integer, Role>> sites(int account) {
    return pool.preparedQuery(SITES)
        .execute(Tuple.of(account))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .collect(
                        Collectors.toMap(
                            row -> row.getInteger("site_id"),
                            row -> Objects.requireNonNull(Role.find(row.getString("role"))),
                            (one, other) -> one.includes(other) ? one : other)));
  }

  /** Those who have a role on the target itself. */
  Future<List<Member>> of(Target target) {
    return pool.preparedQuery(OF_TARGET)
        .execute(Tuple.of(target.site(), target.group()))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(
                        row ->
                            new Member(
                                Accounts.account(row),
                                Objects.requireNonNull(Role.find(row.getString("role")))))
                    .toList());
  }
}
