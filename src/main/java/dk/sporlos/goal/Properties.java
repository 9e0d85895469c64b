package dk.sporlos.goal;

import dk.sporlos.site.SiteId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/** Table {@code property}: names of custom properties whose values a site wants totalled. */
public final class Properties {

  private static final int LONGEST = 300;
  private static final int MOST = 100;

  private static final String ALL =
      "select name from property where site_id = $1 order by name collate \"C\"";

  private static final String ADD =
      "insert into property (site_id, name) values ($1, $2) on conflict do nothing";

  private static final String COUNT = "select count(*) from property where site_id = $1";

  private static final String REMOVE = "delete from property where site_id = $1 and name = $2";

  private final Pool pool;

  public Properties(Pool pool) {
    this.pool = pool;
  }

  /** The properties of a site, in the order of the alphabet. */
  public Future<List<String>> all(SiteId site) {
    return pool.preparedQuery(ALL)
        .execute(Tuple.of(site.value()))
        .map(rows -> rows.stream().map(row -> row.getString("name")).toList());
  }

  /**
   * Adds a property, unless it is there. Days that are sealed are sealed again for a new one.
   *
   * <p>Fails with {@link UnfitDefinitionException} if there are too many.
   */
  public Future<Void> add(SiteId site, String name) {
    String checked = checked(name);
    return pool.withTransaction(
        connection ->
            connection
                .preparedQuery(Goals.LOCK)
                .execute(Tuple.of(site.value()))
                .compose(
                    locked ->
                        connection.preparedQuery(ADD).execute(Tuple.of(site.value(), checked)))
                .compose(
                    added ->
                        added.rowCount() == 0
                            ? Future.succeededFuture()
                            : refuseIfTooMany(connection, site)
                                .compose(few -> Resealing.markDue(connection, site))));
  }

  private static Future<Void> refuseIfTooMany(SqlConnection connection, SiteId site) {
    return connection
        .preparedQuery(COUNT)
        .execute(Tuple.of(site.value()))
        .map(
            rows -> {
              if (rows.iterator().next().getLong(0) > MOST) {
                throw new UnfitDefinitionException(
                    "a site has at most %d properties; remove one first".formatted(MOST));
              }
              return null;
            });
  }

  /**
   * Removes a property: its values are totalled no longer, and stay where they are.
   *
   * @return whether it was there
   */
  public Future<Boolean> remove(SiteId site, String name) {
    return pool.preparedQuery(REMOVE)
        .execute(Tuple.of(site.value(), name))
        .map(rows -> rows.rowCount() > 0);
  }

  /** The name of a property without the blanks around it. */
  static String checked(String name) {
    return Line.checked("property", name, LONGEST);
  }
}
