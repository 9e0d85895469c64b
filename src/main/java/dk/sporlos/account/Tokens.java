package dk.sporlos.account;

import dk.sporlos.site.SiteId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Table {@code api_token}: secrets that programs show. A secret is seen once; its hash is kept. */
public final class Tokens {

  private static final String PREFIX = "sporlos_";

  /* How long those that have expired are still listed. */
  private static final int REMEMBERED_DAYS = 30;

  private static final String ADD =
      """
      insert into api_token (secret_hash, site_id, scopes, name, hourly, expires_on)
      values ($1, $2, $3, $4, $5, $6)
      """;

  private static final String COLUMNS =
      "select id, site_id, scopes, name, hourly, created_on, expires_on, used_on from api_token ";

  private static final String FIND =
      COLUMNS + "where secret_hash = $1 and (expires_on is null or expires_on > $2)";

  private static final String ALL = COLUMNS + "order by id";

  private static final String OF_SITE = COLUMNS + "where site_id = $1 order by id";

  private static final String USE =
      "update api_token set used_on = $2 where id = $1 and (used_on is null or used_on < $2)";

  private static final String REVOKE = "delete from api_token where id = $1";

  private static final String REVOKE_OF_SITE =
      "delete from api_token where id = $1 and site_id = $2";

  private static final String EXPIRE = "delete from api_token where expires_on <= $1";

  private final Pool pool;
  private final Clock clock;
  private final SecureRandom random;

  public Tokens(Pool pool, Clock clock, SecureRandom random) {
    this.pool = pool;
    this.clock = clock;
    this.random = random;
  }

  /**
   * What a token is made for.
   *
   * @param name what its holder calls it; may be empty
   * @param site that it is for; null for all sites
   * @param hourly how many requests it may make an hour
   * @param expiresOn first day (UTC) on which it opens nothing; null for never
   */
  public record Terms(
      String name,
      @Nullable SiteId site,
      Set<Scope> scopes,
      int hourly,
      @Nullable LocalDate expiresOn) {

    /** How many requests an hour, unless told otherwise. */
    public static final int USUAL_HOURLY = 600;

    private static final int LONGEST_NAME = 100;
    private static final int MOST_HOURLY = 1_000_000;

    /**
     * @throws IllegalArgumentException with a message for whoever asked for it
     */
    public Terms {
      if (name.length() > LONGEST_NAME || name.codePoints().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException(
            "a token's name has 100 characters at most, on one line");
      }
      if (scopes.isEmpty()) {
        throw new IllegalArgumentException("a token needs a scope");
      }
      if (hourly < 1 || hourly > MOST_HOURLY) {
        throw new IllegalArgumentException("a token may make from 1 to 1,000,000 requests an hour");
      }
      scopes = Set.copyOf(scopes);
    }

    /** The usual ones. */
    public static Terms of(@Nullable SiteId site, Set<Scope> scopes) {
      return new Terms("", site, scopes, USUAL_HOURLY, null);
    }
  }

  /** A token as it is listed. */
  public record Listed(int id, Terms terms, LocalDate createdOn, @Nullable LocalDate usedOn) {}

  /** What a secret opens. */
  record Found(Caller.Program program, int hourly) {}

  /**
   * Makes a token.
   *
   * @return the secret, which nobody can tell again
   */
  public Future<String> create(Terms terms) {
    SiteId site = terms.site();
    String secret = PREFIX + Secret.draw(random).text();
    return pool.preparedQuery(ADD)
        .execute(
            Tuple.of(
                new Secret(secret).hash(),
                site == null ? null : site.value(),
                terms.scopes().stream().sorted().map(Scope::label).toArray(String[]::new),
                terms.name(),
                terms.hourly(),
                terms.expiresOn()))
        .map(secret);
  }

  /** What a secret opens; null if nothing, or if it has expired. Notes that it was used today. */
  Future<@Nullable Found> find(String text) {
    Secret secret = new Secret(text);
    LocalDate today = today();
    return !secret.mayBeOne()
        ? Future.succeededFuture()
        : pool.preparedQuery(FIND)
            .execute(Tuple.of(secret.hash(), today))
            .compose(
                rows ->
                    rows.size() == 0
                        ? Future.<@Nullable Found>succeededFuture()
                        : used(listed(rows.iterator().next()), today));
  }

  private Future<Found> used(Listed token, LocalDate today) {
    Terms terms = token.terms();
    Found found =
        new Found(
            new Caller.Program(token.id(), terms.scopes(), new Reach(terms.site())),
            terms.hourly());
    LocalDate before = token.usedOn();
    return before != null && !before.isBefore(today)
        ? Future.succeededFuture(found)
        : pool.preparedQuery(USE).execute(Tuple.of(token.id(), today)).map(found);
  }

  /** All of them. */
  public Future<List<Listed>> all() {
    return pool.query(ALL).execute().map(Tokens::list);
  }

  /** Those that are for one site alone. */
  public Future<List<Listed>> of(SiteId site) {
    return pool.preparedQuery(OF_SITE).execute(Tuple.of(site.value())).map(Tokens::list);
  }

  /** Takes one back; false if there is none of that number. */
  public Future<Boolean> revoke(int id) {
    return pool.preparedQuery(REVOKE).execute(Tuple.of(id)).map(rows -> rows.rowCount() > 0);
  }

  /** Takes one back that is for one site alone; false if that site has none of that number. */
  public Future<Boolean> revoke(SiteId site, int id) {
    return pool.preparedQuery(REVOKE_OF_SITE)
        .execute(Tuple.of(id, site.value()))
        .map(rows -> rows.rowCount() > 0);
  }

  /** Deletes those that expired a month ago. */
  public Future<Void> expire() {
    return pool.preparedQuery(EXPIRE)
        .execute(Tuple.of(today().minusDays(REMEMBERED_DAYS)))
        .mapEmpty();
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private static List<Listed> list(Iterable<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false).map(Tokens::listed).toList();
  }

  private static Listed listed(Row row) {
    Integer site = row.getInteger("site_id");
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    for (String label : row.getArrayOfStrings("scopes")) {
      scopes.addAll(Scope.parse(label));
    }
    return new Listed(
        row.getInteger("id"),
        new Terms(
            row.getString("name"),
            site == null ? null : new SiteId(site),
            scopes,
            row.getInteger("hourly"),
            row.getLocalDate("expires_on")),
        row.getLocalDate("created_on"),
        row.getLocalDate("used_on"));
  }
}
