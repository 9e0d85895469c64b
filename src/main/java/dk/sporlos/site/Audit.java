package dk.sporlos.site;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Table {@code audit}: what was deleted or changed, by whom and when. */
public final class Audit {
  private static final String ADD =
      """
      insert into audit (site_id, actor, action, what, first_day, last_day, rows)
      values ($1, $2, $3, $4, $5, $6, $7)
      """;

  private static final String LATEST =
      """
      select at, actor, action, what, first_day, last_day, rows from audit
      where site_id = any ($1) order by id desc limit $2
      """;

  private Audit() {}

  /**
   * What was done.
   *
   * @param actor who did it, as in {@code retention}
   * @param action as in {@code delete}
   * @param what of which table or setting; never a value that could name a person
   * @param first first day concerned; null if it is not about days
   * @param last last day concerned; null likewise
   * @param rows how many
   */
  public record Line(
      String actor,
      String action,
      String what,
      @Nullable LocalDate first,
      @Nullable LocalDate last,
      long rows) {}

  /** A line with its time. */
  public record Dated(OffsetDateTime at, Line line) {}

  /**
   * Adds a line, in the transaction of what it is about.
   *
   * @param site that it is about; 0 for the installation
   */
  public static Future<Void> add(SqlClient connection, SiteId site, Line line) {
    return connection
        .preparedQuery(ADD)
        .execute(
            Tuple.of(
                site.value(),
                line.actor(),
                line.action(),
                line.what(),
                line.first(),
                line.last(),
                line.rows()))
        .mapEmpty();
  }

  /**
   * Adds a line for each site of which rows were deleted because they were kept for long enough.
   *
   * @param what name of the table
   * @param gone the rows, of each its {@code site_id} and a {@code day}
   * @return how many rows
   */
  public static Future<Integer> addExpired(SqlClient connection, String what, RowSet<Row> gone) {
    Map<SiteId, List<LocalDate>> daysBySite = new LinkedHashMap<>();
    for (Row row : gone) {
      daysBySite
          .computeIfAbsent(new SiteId(row.getInteger("site_id")), first -> new ArrayList<>())
          .add(row.getLocalDate("day"));
    }
    Future<Void> added = Future.succeededFuture();
    for (Map.Entry<SiteId, List<LocalDate>> site : daysBySite.entrySet()) {
      List<LocalDate> days = site.getValue();
      Line line =
          new Line(
              "retention",
              "delete",
              what,
              Collections.min(days),
              Collections.max(days),
              days.size());
      added = added.compose(before -> add(connection, site.getKey(), line));
    }
    return added.map(gone.size());
  }

  /** The latest lines about a site and about the installation, the newest first. */
  public static Future<List<Dated>> latest(Pool pool, SiteId site, int count) {
    return latest(
        pool,
        site.equals(SiteId.INSTALLATION) ? Set.of(site) : Set.of(site, SiteId.INSTALLATION),
        count);
  }

  /** The latest lines about some sites, or the installation, the newest first. */
  public static Future<List<Dated>> latest(Pool pool, Set<SiteId> sites, int count) {
    Integer[] numbers = sites.stream().map(SiteId::value).toArray(Integer[]::new);
    return pool.preparedQuery(LATEST)
        .execute(Tuple.of(numbers, count))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(
                        row ->
                            new Dated(
                                row.getOffsetDateTime("at"),
                                new Line(
                                    row.getString("actor"),
                                    row.getString("action"),
                                    row.getString("what"),
                                    row.getLocalDate("first_day"),
                                    row.getLocalDate("last_day"),
                                    row.getLong("rows"))))
                    .toList());
  }
}
