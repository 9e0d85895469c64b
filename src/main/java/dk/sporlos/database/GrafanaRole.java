package dk.sporlos.database;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A role of the database that may read the views of schema {@code grafana}, and nothing else. */
public final class GrafanaRole {

  /** In the place of a number of a site: every site. */
  public static final int EVERY_SITE = 0;

  /** What became of the role. */
  public enum Outcome {
    /** It is there, with this password, and reads these sites. */
    READY,
    /** Somebody else made it, so that its password is theirs to set; it reads these sites. */
    PASSWORD_LEFT,
    /** It is not there, and somebody else has to make it; see {@link #sqlToMake}. */
    MAY_NOT_MAKE,
    /** A role of this name is there that may do more than read. */
    OF_ANOTHER_KIND
  }

  /** Null if there is no such role. */
  private static final String IS_FIT =
      """
      select bool_and(not (rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls
        or exists (select from pg_auth_members where member = pg_roles.oid)
        or exists (select from pg_shdepend
          where refclassid = 'pg_authid'::regclass and refobjid = pg_roles.oid
            and (deptype = 'o' or deptype = 'a' and not (
              classid in ('pg_database'::regclass, 'pg_default_acl'::regclass)
              or classid = 'pg_namespace'::regclass and objid = 'grafana'::regnamespace
              or classid = 'pg_class'::regclass and objid in (
                select oid from pg_class where relnamespace = 'grafana'::regnamespace))))))
      from pg_roles where rolname = $1
      """;

  /*
   * Names and texts are quoted by PostgreSQL. What a role may not do without these it may not do with
   * them; they keep a slip in a panel from harming the collector.
   */
  private static final String SQL_TO_MAKE =
      """
      select format(
        'create role %1$I login noinherit connection limit 20 password %2$L;
      alter role %1$I set default_transaction_read_only = on;
      alter role %1$I set statement_timeout = ''30s'';', $1::text, $2::text)
      """;

  private static final String SQL_TO_CHANGE =
      "select format('alter role %1$I password %2$L', $1::text, $2::text)";

  /** Of views that a later version adds, too. */
  private static final String SQL_TO_OPEN =
      """
      select format(
        'grant usage on schema grafana to %1$I;
        grant select on all tables in schema grafana to %1$I;
        alter default privileges in schema grafana grant select on tables to %1$I', $1::text)
      """;

  private static final String FORGET_SITES = "delete from grafana_role where role = $1";

  private static final String GIVE_SITES =
      "insert into grafana_role (role, site_id) select $1, unnest($2::int[])";

  private final Pool pool;

  public GrafanaRole(Pool pool) {
    this.pool = pool;
  }

  /**
   * Makes a role, or gives one that is there another password and other sites.
   *
   * @param verifier of its password, see {@link ScramVerifier}
   * @param sites that it reads, or {@link #EVERY_SITE}
   */
  public Future<Outcome> make(String role, String verifier, List<Integer> sites) {
    return pool.preparedQuery(IS_FIT)
        .execute(Tuple.of(role))
        .map(rows -> rows.iterator().next().getBoolean(0))
        .compose(fit -> make(role, verifier, sites, fit));
  }

  private Future<Outcome> make(
      String role, String verifier, List<Integer> sites, @Nullable Boolean fit) {
    if (fit == null) {
      return run(pool, SQL_TO_MAKE, Tuple.of(role, verifier))
          .compose(made -> open(role, sites).map(Outcome.READY))
          .recover(failure -> unlessForbidden(failure, Outcome.MAY_NOT_MAKE));
    } else if (!fit) {
      return Future.succeededFuture(Outcome.OF_ANOTHER_KIND);
    }
    return run(pool, SQL_TO_CHANGE, Tuple.of(role, verifier))
        .map(Outcome.READY)
        .recover(failure -> unlessForbidden(failure, Outcome.PASSWORD_LEFT))
        .compose(outcome -> open(role, sites).map(outcome));
  }

  /** SQL by which a superuser makes the role, for somebody to run. */
  public Future<String> sqlToMake(String role, String verifier) {
    return text(pool, SQL_TO_MAKE, Tuple.of(role, verifier));
  }

  private Future<?> open(String role, List<Integer> sites) {
    return pool.withTransaction(
        connection ->
            run(connection, SQL_TO_OPEN, Tuple.of(role))
                .compose(granted -> connection.preparedQuery(FORGET_SITES).execute(Tuple.of(role)))
                .compose(
                    forgotten ->
                        connection
                            .preparedQuery(GIVE_SITES)
                            .execute(
                                Tuple.tuple()
                                    .addString(role)
                                    .addArrayOfInteger(sites.toArray(Integer[]::new)))));
  }

  private static Future<Outcome> unlessForbidden(Throwable failure, Outcome outcome) {
    return SqlStates.isForbidden(failure)
        ? Future.succeededFuture(outcome)
        : Future.failedFuture(failure);
  }

  private static Future<?> run(SqlClient client, String sql, Tuple parameters) {
    return text(client, sql, parameters).compose(statement -> client.query(statement).execute());
  }

  private static Future<String> text(SqlClient client, String sql, Tuple parameters) {
    return client
        .preparedQuery(sql)
        .execute(parameters)
        .map(rows -> rows.iterator().next().getString(0));
  }
}
