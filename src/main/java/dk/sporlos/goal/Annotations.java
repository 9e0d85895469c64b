package dk.sporlos.goal;

import dk.sporlos.site.SiteId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Table {@code annotation}. */
public final class Annotations {

  private static final int MOST = 5_000;

  private static final String ALL =
      """
      select id, account_id, day, text from annotation
      where site_id = $1 and (account_id is null or account_id = $2)
      order by day, id
      """;

  private static final String ADD =
      """
      insert into annotation (site_id, account_id, day, text)
      select $1, $2, $3, $4
      where (select count(*) from annotation where site_id = $1) < $5
      returning id, account_id, day, text
      """;

  private static final String REMOVE =
      """
      delete from annotation
      where site_id = $1 and id = $2 and account_id is not distinct from $3
      """;

  private final Pool pool;

  public Annotations(Pool pool) {
    this.pool = pool;
  }

  /**
   * The notes about a site that somebody sees, by their days.
   *
   * @param account of who asks; null for who sees those of the whole site alone
   */
  public Future<List<Annotation>> all(SiteId site, @Nullable Integer account) {
    return pool.preparedQuery(ALL)
        .execute(Tuple.of(site.value(), account))
        .map(rows -> rows.stream().map(Annotations::annotation).toList());
  }

  /**
   * Adds a note; its number is drawn anew.
   *
   * <p>Fails with {@link UnfitDefinitionException} if there are too many.
   */
  public Future<Annotation> add(SiteId site, Annotation annotation) {
    return pool.preparedQuery(ADD)
        .execute(
            Tuple.of(site.value(), annotation.account(), annotation.day(), annotation.text(), MOST))
        .map(
            rows -> {
              if (rows.size() == 0) {
                throw new UnfitDefinitionException(
                    "a site has at most %d annotations; remove one first".formatted(MOST));
              }
              return annotation(rows.iterator().next());
            });
  }

  /**
   * Removes a note.
   *
   * @param account whose own it is; null for one of the whole site
   * @return whether there was one
   */
  public Future<Boolean> remove(SiteId site, long id, @Nullable Integer account) {
    return pool.preparedQuery(REMOVE)
        .execute(Tuple.of(site.value(), id, account))
        .map(rows -> rows.rowCount() > 0);
  }

  private static Annotation annotation(Row row) {
    return new Annotation(
        row.getLong("id"),
        row.getInteger("account_id"),
        row.getLocalDate("day"),
        row.getString("text"));
  }
}
