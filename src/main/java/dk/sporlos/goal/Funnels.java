package dk.sporlos.goal;

import dk.sporlos.site.SiteId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Table {@code funnel}. */
public final class Funnels {

  private static final int MOST = 100;

  private static final String ALL =
      "select id, name, goals from funnel where site_id = $1 order by id";

  private static final String BY_ID =
      "select id, name, goals from funnel where site_id = $1 and id = $2";

  private static final String KNOWN =
      """
      select (select count(*) from goal where site_id = $1 and id = any ($2)) as goals,
        (select count(*) from funnel where site_id = $1) as funnels
      """;

  private static final String ADD =
      """
      insert into funnel (site_id, name, goals) values ($1, $2, $3)
      on conflict (site_id, name) do nothing
      returning id, name, goals
      """;

  private static final String REMOVE = "delete from funnel where site_id = $1 and id = $2";

  private final Pool pool;

  public Funnels(Pool pool) {
    this.pool = pool;
  }

  /** The funnels of a site, the oldest first. */
  public Future<List<Funnel>> all(SiteId site) {
    return pool.preparedQuery(ALL)
        .execute(Tuple.of(site.value()))
        .map(rows -> rows.stream().map(Funnels::funnel).toList());
  }

  /** The funnel of a number; null if there is none. */
  public Future<@Nullable Funnel> find(SiteId site, long id) {
    return pool.preparedQuery(BY_ID).execute(Tuple.of(site.value(), id)).map(Funnels::first);
  }

  /**
   * Adds a funnel.
   *
   * <p>Fails with {@link UnfitDefinitionException} if its name is taken, one of its goals is none
   * of the site, or there are too many.
   */
  public Future<Funnel> add(SiteId site, String name, List<Long> goals) {
    Funnel checked = new Funnel(0, name, goals);
    return pool.withTransaction(
        connection ->
            connection
                .preparedQuery(Goals.LOCK)
                .execute(Tuple.of(site.value()))
                .compose(locked -> add(connection, site, checked)));
  }

  private static Future<Funnel> add(SqlConnection connection, SiteId site, Funnel funnel) {
    Long[] goals = funnel.goals().toArray(Long[]::new);
    return connection
        .preparedQuery(KNOWN)
        .execute(Tuple.of(site.value()).addArrayOfLong(goals))
        .compose(
            rows -> {
              refuse(rows.iterator().next(), goals.length);
              return connection
                  .preparedQuery(ADD)
                  .execute(Tuple.of(site.value(), funnel.name(), goals));
            })
        .map(Funnels::first)
        .map(added -> added(added, funnel.name()));
  }

  private static void refuse(Row known, int goals) {
    if (known.getLong("goals") < goals) {
      throw new UnfitDefinitionException("goals: each is the number of a goal of the site");
    }
    if (known.getLong("funnels") >= MOST) {
      throw new UnfitDefinitionException(
          "a site has at most %d funnels; remove one first".formatted(MOST));
    }
  }

  private static Funnel added(@Nullable Funnel added, String name) {
    if (added == null) {
      throw new UnfitDefinitionException(
          "name: another funnel is called '%s'; choose another name".formatted(name));
    }
    return added;
  }

  /**
   * Removes a funnel; its goals stay.
   *
   * @return whether there was one
   */
  public Future<Boolean> remove(SiteId site, long id) {
    return pool.preparedQuery(REMOVE)
        .execute(Tuple.of(site.value(), id))
        .map(rows -> rows.rowCount() > 0);
  }

  private static @Nullable Funnel first(RowSet<Row> rows) {
    return rows.size() == 0 ? null : funnel(rows.iterator().next());
  }

  private static Funnel funnel(Row row) {
    return new Funnel(
        row.getLong("id"), row.getString("name"), List.of(row.getArrayOfLongs("goals")));
  }
}
