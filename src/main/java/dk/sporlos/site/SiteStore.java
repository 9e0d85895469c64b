package dk.sporlos.site;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Table {@code site}. */
public final class SiteStore {
  private static final String ADD =
      """
      insert into site (domain, timezone, demo) values ($1, $2, $3)
      on conflict (domain) do nothing
      returning id, domain, timezone, demo
      """;

  private static final String ALL = "select id, domain, timezone, demo from site order by domain";

  private static final String BY_DOMAIN =
      "select id, domain, timezone, demo from site where domain = $1";

  private final Pool pool;

  public SiteStore(Pool pool) {
    this.pool = pool;
  }

  /**
   * Registers a site.
   *
   * @param domain as {@link Domain#parse} returns it
   * @return the site, or null if there is one of that domain already
   */
  public Future<@Nullable Site> add(String domain, ZoneId zone, boolean demo) {
    return pool.preparedQuery(ADD)
        .execute(Tuple.of(domain, zone.getId(), demo))
        .map(SiteStore::first);
  }

  /** The site of a domain, or null. */
  public Future<@Nullable Site> find(String domain) {
    return pool.preparedQuery(BY_DOMAIN).execute(Tuple.of(domain)).map(SiteStore::first);
  }

  /** Every site, by domain. */
  public Future<List<Site>> all() {
    return pool.preparedQuery(ALL)
        .execute()
        .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(SiteStore::site).toList());
  }

  private static @Nullable Site first(RowSet<Row> rows) {
    return rows.size() == 0 ? null : site(rows.iterator().next());
  }

  private static Site site(Row row) {
    return new Site(
        new SiteId(row.getInteger("id")),
        row.getString("domain"),
        ZoneId.of(row.getString("timezone")),
        row.getBoolean("demo"));
  }
}
