package dk.sporlos.transfer;

import dk.sporlos.seal.Figure;
import dk.sporlos.seal.Sealed;
import dk.sporlos.seal.Seals;
import dk.sporlos.site.Site;
import dk.sporlos.stats.Csv;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Cursor;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import io.vertx.sqlclient.data.Numeric;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The statistics of a site as a whole: sums of its finished days, and never a visit. */
public final class Exports {

  /*
   * One transaction sees one state, so that all tables agree. Whoever reads slowly holds it open,
   * which keeps the database from reusing space; after a minute of not reading they are cut off.
   */
  private static final String LIMITS =
      """
      set transaction isolation level repeatable read read only;
      set local jit = off;
      set local statement_timeout = '5min';
      set local idle_in_transaction_session_timeout = '1min'
      """;

  private static final String FIRST_DAY =
      """
      select least(
        (select min(day) from visit where site_id = $1),
        (select min(day) from daily where site_id = $1)) as day
      """;

  private static final String TOTALS =
      """
      select daily.day::text as day, dimension, origin, total.*
      from daily
      cross join lateral unnest(texts, {figures}) as total (value, {figures})
      where site_id = $1
      order by daily.day, dimension, origin, part
      """
          .replace("{figures}", Figure.each(Figure::column));

  /** How many rows are read, and written, at a time. */
  private static final int PIECE = 5_000;

  private static final Map<Integer, String> WORDS_BY_DIMENSION =
      Arrays.stream(Sealed.values())
          .collect(Collectors.toMap(Sealed::number, kept -> kept.name().toLowerCase(Locale.ROOT)));

  private final Vertx vertx;
  private final Pool pool;
  private final Clock clock;

  /**
   * @param pool for work of any length
   */
  public Exports(Vertx vertx, Pool pool, Clock clock) {
    this.vertx = vertx;
    this.pool = pool;
    this.clock = clock;
  }

  /** The days that an export covers, both ends included. */
  private record Days(LocalDate first, LocalDate last) {
    private String name(ExportTable table) {
      DateTimeFormatter compact = DateTimeFormatter.BASIC_ISO_DATE;
      return "%s_%s_%s.csv".formatted(table.file(), compact.format(first), compact.format(last));
    }
  }

  /** Writes a zip with a file for each {@link ExportTable}, named by its first and last day. */
  public Future<Void> zip(Site site, ExportWriter writer) {
    ExportArchive archive = new ExportArchive();
    return reading(connection -> tables(connection, site, archive, writer))
        .compose(read -> piece(archive::end, writer));
  }

  /**
   * Writes the totals of all sealed days as lines of JSON: day, dimension, value, origin, and the
   * figures that are kept of it.
   */
  public Future<Void> totals(Site site, ExportWriter writer) {
    return reading(
        connection ->
            rows(connection, TOTALS, Tuple.of(site.id().value()), Exports::lines, writer));
  }

  private Future<Void> reading(Function<SqlConnection, Future<Void>> work) {
    return pool.withTransaction(
            connection -> connection.query(LIMITS).execute().compose(set -> work.apply(connection)))
        .mapEmpty();
  }

  private Future<Void> tables(
      SqlConnection connection, Site site, ExportArchive archive, ExportWriter writer) {
    return connection
        .preparedQuery(FIRST_DAY)
        .execute(Tuple.of(site.id().value()))
        .map(rows -> days(site, rows.iterator().next().getLocalDate("day")))
        .compose(
            days -> {
              Future<Void> written = Future.succeededFuture();
              for (ExportTable table : ExportTable.values()) {
                written =
                    written.compose(
                        before -> table(connection, site, table, days, archive, writer));
              }
              return written;
            });
  }

  private Days days(Site site, @Nullable LocalDate first) {
    LocalDate last = Seals.lastFinished(site, clock.instant());
    return new Days(first == null || first.isAfter(last) ? last : first, last);
  }

  private Future<Void> table(
      SqlConnection connection,
      Site site,
      ExportTable table,
      Days days,
      ExportArchive archive,
      ExportWriter writer) {
    return piece(
            () -> archive.begin(days.name(table)).add(Csv.lines(List.of(table.columns()))).take(),
            writer)
        .compose(
            begun ->
                rows(
                    connection,
                    table.sql(),
                    Tuple.of(site.id().value(), days.first, days.last),
                    rows -> archive.add(Csv.lines(cells(table, rows))).take(),
                    writer));
  }

  private Future<Void> rows(
      SqlConnection connection,
      String sql,
      Tuple parameters,
      Function<RowSet<Row>, Buffer> made,
      ExportWriter writer) {
    return connection
        .prepare(sql)
        .compose(
            statement ->
                pieces(statement.cursor(parameters), made, writer)
                    .compose(written -> statement.close()));
  }

  private Future<Void> pieces(
      Cursor cursor, Function<RowSet<Row>, Buffer> made, ExportWriter writer) {
    return cursor
        .read(PIECE)
        .compose(rows -> piece(() -> made.apply(rows), writer))
        .compose(
            written -> cursor.hasMore() ? pieces(cursor, made, writer) : Future.succeededFuture());
  }

  /** To compress is work for a thread that nobody waits for. */
  private Future<Void> piece(Callable<Buffer> made, ExportWriter writer) {
    return vertx.executeBlocking(made).compose(writer::write);
  }

  private static List<List<@Nullable Object>> cells(ExportTable table, RowSet<Row> rows) {
    int columns = table.columns().size();
    List<List<@Nullable Object>> lines = new ArrayList<>();
    for (Row row : rows) {
      List<@Nullable Object> line = new ArrayList<>();
      for (int i = 0; i < columns; i++) {
        line.add(row.getValue(i));
      }
      lines.add(line);
    }
    return lines;
  }

  private static Buffer lines(RowSet<Row> rows) {
    Buffer lines = Buffer.buffer();
    for (Row row : rows) {
      String dimension = WORDS_BY_DIMENSION.get(row.getInteger("dimension"));
      JsonObject line =
          new JsonObject()
              .put("day", row.getString("day"))
              .put("dimension", Objects.requireNonNull(dimension, "every number has its word"))
              .put("value", row.getString("value"))
              .put("origin", row.getInteger("origin"));
      for (Figure figure : Figure.values()) {
        Object sum = row.getValue(figure.column());
        if (sum != null) {
          line.put(figure.column(), sum instanceof Numeric exact ? exact.bigDecimalValue() : sum);
        }
      }
      lines.appendBuffer(line.toBuffer()).appendString("\n");
    }
    return lines;
  }
}
