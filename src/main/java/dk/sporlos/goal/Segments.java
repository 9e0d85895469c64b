package dk.sporlos.goal;

import dk.sporlos.site.SiteId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Table {@code segment}. */
public final class Segments {

  private static final int MOST = 500;

  private static final String ALL =
      """
      select id, account_id, name, filters from segment
      where site_id = $1 and (account_id is null or account_id = $2)
      order by id
      """;

  private static final String BY_IDS =
      """
      select id, account_id, name, filters from segment
      where site_id = $1 and id = any ($2)
      order by id
      """;

  private static final String ADD =
      """
      insert into segment (site_id, account_id, name, filters)
      select $1, $2, $3, $4
      where (select count(*) from segment where site_id = $1) < $5
      on conflict (site_id, account_id, name) do nothing
      returning id, account_id, name, filters
      """;

  private static final String REMOVE =
      """
      delete from segment
      where site_id = $1 and id = $2 and account_id is not distinct from $3
      """;

  private final Pool pool;

  public Segments(Pool pool) {
    this.pool = pool;
  }

  /**
   * The segments of a site that somebody sees, the oldest first.
   *
   * @param account of who asks; null for who sees those of the whole site alone
   */
  public Future<List<Segment>> all(SiteId site, @Nullable Integer account) {
    return pool.preparedQuery(ALL)
        .execute(Tuple.of(site.value(), account))
        .map(rows -> rows.stream().map(Segments::segment).toList());
  }

  /** Those of a site that have one of the numbers, whosever they are. */
  public Future<List<Segment>> find(SiteId site, List<Long> ids) {
    return pool.preparedQuery(BY_IDS)
        .execute(Tuple.of(site.value()).addArrayOfLong(ids.toArray(Long[]::new)))
        .map(rows -> rows.stream().map(Segments::segment).toList());
  }

  /**
   * Adds a segment; its number is drawn anew.
   *
   * <p>Fails with {@link UnfitDefinitionException} if its name is taken or there are too many.
   */
  public Future<Segment> add(SiteId site, Segment segment) {
    return pool.preparedQuery(ADD)
        .execute(Tuple.of(site.value(), segment.account(), segment.name(), segment.filters(), MOST))
        .map(
            rows -> {
              if (rows.size() == 0) {
                throw new UnfitDefinitionException(
                    "name: another segment is called '%s', or there are %d already"
                        .formatted(segment.name(), MOST));
              }
              return segment(rows.iterator().next());
            });
  }

  /**
   * Removes a segment.
   *
   * @param account whose own it is; null for one of the whole site
   * @return whether there was one
   */
  public Future<Boolean> remove(SiteId site, long id, @Nullable Integer account) {
    return pool.preparedQuery(REMOVE)
        .execute(Tuple.of(site.value(), id, account))
        .map(rows -> rows.rowCount() > 0);
  }

  private static Segment segment(Row row) {
    return new Segment(
        row.getLong("id"),
        row.getInteger("account_id"),
        row.getString("name"),
        row.getJsonArray("filters"));
  }
}
