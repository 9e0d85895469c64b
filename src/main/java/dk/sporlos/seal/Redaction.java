package dk.sporlos.seal;

import dk.sporlos.fold.Snapshots;
import dk.sporlos.site.Audit;
import dk.sporlos.site.Site;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.Tuple;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes one text out of all that is kept of a site, where it should never have stood: dictionaries
 * with the visits that refer to them, properties, and totals.
 */
public final class Redaction {

  /*
   * A dictionary keeps its row, so that visits stay what they were; its text becomes one that says
   * nothing and is like no other's, since texts of a dictionary are unique. What a running process
   * remembers of the old text leads to the same row. Totals are computed again from the visits where
   * these are there.
   */
  private static final String IN_TEXT_OF =
      """
      update %1$s set %2$s = ':redacted-' || id where site_id = $1 and %2$s = $2
      """;

  private static final String IN_PROPERTIES_OF =
      """
      update %1$s set properties = (
        select jsonb_object_agg(key, case when value = to_jsonb($2::text) then '":redacted"' else value end)
        from jsonb_each(properties))
      where site_id = $1 and exists (
        select from jsonb_each_text(properties) as said where said.value = $2)
      """;

  private static final String IN_TOTALS =
      """
      update %1$s set texts = array_replace(texts, $2::text, ':redacted')
      where site_id = $1 and $2::text = any (texts) and dimension = any ($3::smallint[])
      """;

  /**
   * Texts of totals that hold the text beside something else: %2$s which, %3$s what becomes of it.
   */
  private static final String WITHIN_TOTALS =
      """
      update %1$s set texts = array(
        select case when %2$s then %3$s else text end
        from unnest(texts) with ordinality as told (text, place)
        order by place)
      where site_id = $1 and dimension = %4$d
        and exists (select from unnest(texts) as told (text) where %2$s)
      """;

  /** A text of totals that holds several. */
  private record Compound(Sealed dimension, String holds, String redacted) {

    String sql(String table) {
      return WITHIN_TOTALS.formatted(table, holds, redacted, dimension.number());
    }
  }

  private static final List<Compound> COMPOUNDS =
      List.of(
          new Compound(
              Sealed.REFERRER,
              "strpos(text, '/') > 0 and $2::text in"
                  + " (split_part(text, '/', 1), substr(text, strpos(text, '/')))",
              "':redacted'"),
          new Compound(
              Sealed.PROPERTY,
              "split_part(text, chr(31), 2) = $2::text",
              "split_part(text, chr(31), 1) || chr(31) || ':redacted'"));

  /** Every day is written to, so that whoever remembers figures of it reads them again. */
  private static final String DUE =
      """
      update sealed_day set due = due
        or (
          day in (select day from daily where site_id = $1 and ':redacted' = any (texts))
          and day >= coalesce(
            (select visits_complete_from from site where id = $1), '-infinity'::date))
      where site_id = $1
      """;

  /** A column of texts. */
  private record Column(String table, String name) {}

  private static final List<Column> PAGES = List.of(new Column("page", "path"));

  private static final List<Column> VALUES =
      List.of(
          new Column("event_name", "name"),
          new Column("referrer", "source"),
          new Column("referrer", "host"),
          new Column("referrer", "path"),
          new Column("campaign", "source"),
          new Column("campaign", "medium"),
          new Column("campaign", "name"),
          new Column("campaign", "content"),
          new Column("campaign", "term"));

  private static final List<Sealed> SEALED_PAGES = List.of(Sealed.PAGE, Sealed.ENTRY, Sealed.EXIT);

  private static final List<Sealed> SEALED_VALUES =
      List.of(
          Sealed.SOURCE,
          Sealed.REFERRER,
          Sealed.UTM_SOURCE,
          Sealed.UTM_MEDIUM,
          Sealed.UTM_CAMPAIGN,
          Sealed.UTM_CONTENT,
          Sealed.UTM_TERM,
          Sealed.EVENT);

  private final Pool pool;

  public Redaction(Pool pool) {
    this.pool = pool;
  }

  /**
   * Takes a page's path out.
   *
   * @param forGood false to find out how often it stands where, and change nothing
   * @return rows by table, of those in which it stood
   */
  public Future<Map<String, Long>> page(Site site, String path, boolean forGood) {
    return redact(site, path, PAGES, SEALED_PAGES, List.of(), forGood);
  }

  /** The same for a value of a property, a campaign, a referrer, or the name of an event. */
  public Future<Map<String, Long>> value(Site site, String text, boolean forGood) {
    return redact(
        site, text, VALUES, SEALED_VALUES, List.of("event", "open_event", "hit"), forGood);
  }

  private Future<Map<String, Long>> redact(
      Site site,
      String text,
      List<Column> columns,
      List<Sealed> sealed,
      List<String> propertiesOf,
      boolean forGood) {
    Map<String, Long> found = new LinkedHashMap<>();
    return pool.getConnection()
        .compose(
            connection ->
                connection
                    .begin()
                    .compose(
                        transaction ->
                            rewrite(connection, site, text, columns, sealed, propertiesOf, found)
                                .compose(
                                    done ->
                                        forGood ? transaction.commit() : transaction.rollback()))
                    .eventually(connection::close))
        .map(found);
  }

  private static Future<?> rewrite(
      SqlConnection connection,
      Site site,
      String text,
      List<Column> columns,
      List<Sealed> sealed,
      List<String> propertiesOf,
      Map<String, Long> found) {
    Tuple what = Tuple.of(site.id().value(), text);
    Future<?> done =
        connection
            .query(Seals.WAIT_FOR_LOCK)
            .execute()
            .compose(alone -> Snapshots.hold(connection, site.id()));
    for (Column column : columns) {
      String sql = IN_TEXT_OF.formatted(column.table(), column.name());
      done = done.compose(before -> run(connection, sql, what, column.table(), found));
    }
    for (String table : propertiesOf) {
      String sql = IN_PROPERTIES_OF.formatted(table);
      done = done.compose(before -> run(connection, sql, what, table, found));
    }
    Short[] dimensions = sealed.stream().map(one -> (short) one.number()).toArray(Short[]::new);
    Tuple where = Tuple.of(site.id().value(), text).addArrayOfShort(dimensions);
    for (String table : List.of("daily", "monthly")) {
      String sql = IN_TOTALS.formatted(table);
      done = done.compose(before -> run(connection, sql, where, table, found));
      for (Compound compound : propertiesOf.isEmpty() ? List.<Compound>of() : COMPOUNDS) {
        String within = compound.sql(table);
        done = done.compose(before -> run(connection, within, what, table, found));
      }
    }
    return done.compose(
            rewritten -> connection.preparedQuery(DUE).execute(Tuple.of(site.id().value())))
        .compose(
            due ->
                Audit.add(
                    connection,
                    site.id(),
                    new Audit.Line(
                        "command line",
                        "redact",
                        String.join(", ", found.keySet()),
                        null,
                        null,
                        found.values().stream().mapToLong(Long::longValue).sum())));
  }

  private static Future<?> run(
      SqlConnection connection, String sql, Tuple what, String table, Map<String, Long> found) {
    return connection
        .preparedQuery(sql)
        .execute(what)
        .map(SqlResult::rowCount)
        .onSuccess(
            rows -> {
              if (rows > 0) {
                found.merge(table, (long) rows, Long::sum);
              }
            });
  }
}
