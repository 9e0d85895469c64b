package dk.sporlos.account;

import dk.sporlos.site.SiteId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Tables {@code shared_link} and {@code opened_link}. The secret of an address is seen once; its
 * hash is kept.
 */
public final class SharedLinks {

  /** How long a password that was given is not asked for again. */
  static final Duration OPEN = Duration.ofHours(12);

  /* How long those that have expired are still listed. */
  private static final int REMEMBERED_DAYS = 30;

  private static final int MOST = 500;

  private static final String ADD =
      """
      insert into shared_link (secret_hash, site_id, name, password_hash, filters, frames,
        created_by, created_on, expires_on)
      select $1, $2, $3, $4, $5, $6, $7, $8, $9
      where (select count(*) from shared_link where site_id = $2) < $10
      on conflict (site_id, name) do nothing
      returning id
      """;

  private static final String COLUMNS =
      """
      select id, site_id, name, password_hash, filters, frames, created_on, expires_on, used_on
      from shared_link
      """;

  private static final String FIND =
      COLUMNS + "where secret_hash = $1 and (expires_on is null or expires_on > $2)";

  private static final String OF_SITE = COLUMNS + "where site_id = $1 order by id";

  private static final String USE =
      "update shared_link set used_on = $2 where id = $1 and (used_on is null or used_on < $2)";

  private static final String REMOVE = "delete from shared_link where id = $1 and site_id = $2";

  private static final String OPENED =
      "insert into opened_link (secret_hash, link_id, expires_at) values ($1, $2, $3)";

  private static final String IS_OPEN =
      """
      select exists (
        select from opened_link where secret_hash = $1 and link_id = $2 and expires_at > $3)
      """;

  private static final String CLOSE = "delete from opened_link where expires_at <= $1";

  private static final String EXPIRE = "delete from shared_link where expires_on <= $1";

  private final Pool pool;
  private final Clock clock;
  private final SecureRandom random;

  public SharedLinks(Pool pool, Clock clock, SecureRandom random) {
    this.pool = pool;
    this.clock = clock;
    this.random = random;
  }

  /**
   * A link that was made.
   *
   * @param path of its address, which nobody can tell again
   */
  public record Added(int id, String path) {
    @Override
    public String toString() {
      return "Added[" + id + "]";
    }
  }

  /**
   * Makes a link.
   *
   * @param passwordHash null if no password is to be asked for
   * @param maker as the audit names whoever asked for it
   * @return null if the site has one of that name, or too many
   * @throws IllegalArgumentException with a message for whoever asked for it, if it cannot be
   */
  public Future<@Nullable Added> add(
      SiteId site, SharedLink.Terms terms, @Nullable String passwordHash, String maker) {
    if (passwordHash != null && !terms.frames().isNone()) {
      throw new IllegalArgumentException(
          "frames: a link with a password is not shown in frames, since browsers keep no cookie"
              + " there; leave one of the two out");
    }
    Secret secret = Secret.draw(random);
    return pool.preparedQuery(ADD)
        .execute(
            Tuple.of(secret.hash(), site.value(), terms.name(), passwordHash)
                .addJsonArray(terms.filters())
                .addArrayOfString(terms.frames().origins().toArray(String[]::new))
                .addString(maker)
                .addLocalDate(today())
                .addLocalDate(terms.expiresOn())
                .addInteger(MOST))
        .map(
            rows ->
                rows.size() == 0
                    ? null
                    : new Added(
                        rows.iterator().next().getInteger("id"), "/share/" + secret.text()));
  }

  /** The link of a secret; null if there is none, or if it has expired. Notes its use today. */
  Future<@Nullable SharedLink> find(Secret secret) {
    LocalDate today = today();
    return !secret.mayBeOne()
        ? Future.succeededFuture()
        : pool.preparedQuery(FIND)
            .execute(Tuple.of(secret.hash(), today))
            .compose(
                rows ->
                    rows.size() == 0
                        ? Future.<@Nullable SharedLink>succeededFuture()
                        : used(link(rows.iterator().next()), today));
  }

  private Future<@Nullable SharedLink> used(SharedLink link, LocalDate today) {
    LocalDate before = link.usedOn();
    return before != null && !before.isBefore(today)
        ? Future.succeededFuture(link)
        : pool.preparedQuery(USE).execute(Tuple.of(link.id(), today)).map(link);
  }

  /** Those of a site, the oldest first. */
  public Future<List<SharedLink>> of(SiteId site) {
    return pool.preparedQuery(OF_SITE)
        .execute(Tuple.of(site.value()))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false).map(SharedLinks::link).toList());
  }

  /** Takes one back; false if the site has none of that number. */
  public Future<Boolean> remove(SiteId site, long id) {
    return id > Integer.MAX_VALUE
        ? Future.succeededFuture(false)
        : pool.preparedQuery(REMOVE)
            .execute(Tuple.of((int) id, site.value()))
            .map(rows -> rows.rowCount() > 0);
  }

  /** Remembers that the password of a link was given; what a browser is to bring from now on. */
  Future<Secret> opened(SharedLink link) {
    Secret secret = Secret.draw(random);
    return pool.preparedQuery(OPENED)
        .execute(
            Tuple.of(secret.hash(), link.id(), clock.instant().plus(OPEN).atOffset(ZoneOffset.UTC)))
        .map(secret);
  }

  /**
   * Whether a link opens for a browser.
   *
   * @param brought what the browser brings; null if nothing
   */
  Future<Boolean> isOpen(SharedLink link, @Nullable String brought) {
    if (link.passwordHash() == null) {
      return Future.succeededFuture(true);
    }
    Secret secret = new Secret(brought == null ? "" : brought);
    return !secret.mayBeOne()
        ? Future.succeededFuture(false)
        : pool.preparedQuery(IS_OPEN)
            .execute(Tuple.of(secret.hash(), link.id(), clock.instant().atOffset(ZoneOffset.UTC)))
            .map(rows -> rows.iterator().next().getBoolean(0));
  }

  /** Deletes those that expired a month ago, and what is left of passwords that were given. */
  public Future<Void> expire() {
    return pool.preparedQuery(CLOSE)
        .execute(Tuple.of(clock.instant().atOffset(ZoneOffset.UTC)))
        .compose(
            closed ->
                pool.preparedQuery(EXPIRE).execute(Tuple.of(today().minusDays(REMEMBERED_DAYS))))
        .mapEmpty();
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private static SharedLink link(Row row) {
    JsonArray filters = row.getJsonArray("filters");
    return new SharedLink(
        row.getInteger("id"),
        new SiteId(row.getInteger("site_id")),
        new SharedLink.Terms(
            row.getString("name"),
            filters,
            new SharedLink.Frames(List.of(row.getArrayOfStrings("frames"))),
            row.getLocalDate("expires_on")),
        row.getString("password_hash"),
        row.getLocalDate("created_on"),
        row.getLocalDate("used_on"));
  }
}
