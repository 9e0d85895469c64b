package dk.sporlos.account;

import dk.sporlos.site.HostName;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteDirectory;
import dk.sporlos.site.SiteId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.security.SecureRandom;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Table {@code api_token}: secrets that programs show. A secret is seen once; its hash is kept. */
public final class Tokens {

  private static final String PREFIX = "sporlos_";

  private static final String ADD =
      "insert into api_token (secret_hash, site_id, scopes) values ($1, $2, $3)";

  private static final String ALLOWED =
      """
      select exists (
        select from api_token
        where secret_hash = $1 and $2 = any (scopes) and (site_id is null or site_id = $3)
      )
      """;

  private static final String REACH =
      "select site_id from api_token where secret_hash = $1 and $2 = any (scopes)";

  private final Pool pool;
  private final SecureRandom random;

  public Tokens(Pool pool, SecureRandom random) {
    this.pool = pool;
    this.random = random;
  }

  /**
   * Makes a token.
   *
   * @param site that it is for; null for all sites
   * @return the secret, which nobody can tell again
   */
  public Future<String> create(@Nullable SiteId site, Collection<Scope> scopes) {
    String secret = PREFIX + Secret.draw(random).text();
    return pool.preparedQuery(ADD)
        .execute(
            Tuple.of(
                new Secret(secret).hash(),
                site == null ? null : site.value(),
                scopes.stream().map(Scope::label).toArray(String[]::new)))
        .map(secret);
  }

  /**
   * The site of a domain if the secret may be used for it; null if not, or if there is no such
   * site, alike.
   */
  public Future<@Nullable Site> authorize(
      SiteDirectory sites, String secret, Scope scope, String domain) {
    return sites
        .byDomain(HostName.canonical(domain))
        .compose(
            site ->
                allowed(secret, scope, site == null ? null : site.id())
                    .map(allowed -> allowed && site != null ? site : null));
  }

  /** Which sites a secret opens for a use; null if none. */
  public Future<@Nullable Reach> reach(String secret, Scope scope) {
    return pool.preparedQuery(REACH)
        .execute(Tuple.of(new Secret(secret).hash(), scope.label()))
        .map(rows -> rows.size() == 0 ? null : reach(rows.iterator().next()));
  }

  private static Reach reach(Row row) {
    Integer site = row.getInteger("site_id");
    return new Reach(site == null ? null : new SiteId(site));
  }

  private Future<Boolean> allowed(String secret, Scope scope, @Nullable SiteId site) {
    return pool.preparedQuery(ALLOWED)
        .execute(
            Tuple.of(new Secret(secret).hash(), scope.label(), site == null ? null : site.value()))
        .map(rows -> rows.iterator().next().getBoolean(0));
  }
}
