package dk.sporlos.intake;

import dk.sporlos.intake.Dictionary.Entry;
import dk.sporlos.site.SiteId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The rows of a dictionary's table. */
final class DictionaryRows {

  /*
   * Retention marks a row that nothing refers to and deletes it two hours later, unless somebody has
   * read it: whoever reads a marked row takes the mark off, and has its number only once that is
   * durable. Where the row is deleted first, it is as if it had never been there.
   *
   * Marks are taken off one statement a row, in the order in which all take them off: so no two wait
   * for each other in a circle.
   */
  private final Pool pool;
  private final RandomGenerator random;
  private final int columns;
  private final String select;
  private final String insert;
  private final String unmark;

  DictionaryRows(Pool pool, RandomGenerator random, DictionaryTable table) {
    this.pool = pool;
    this.random = random;
    this.columns = table.width();
    String arrays =
        IntStream.rangeClosed(2, columns + 1)
            .mapToObj(parameter -> "$" + parameter + "::text[]")
            .collect(Collectors.joining(", "));
    this.select =
        """
        select site_id, id, %1$s, unused_since is not null as marked from %2$s
        join unnest($1::int[], %3$s) as wanted (site_id, %1$s) using (site_id, %1$s)
        """
            .formatted(table.columns(), table.word(), arrays);
    this.insert =
        """
        insert into %2$s (site_id, %1$s, id)
        select * from unnest($1::int[], %3$s, $%4$d::int[])
        on conflict do nothing
        """
            .formatted(table.columns(), table.word(), arrays, columns + 2);
    this.unmark =
        "update %s set unused_since = null where site_id = $1 and id = $2".formatted(table.word());
  }

  /** The numbers of those that are there, which stay there for an hour and more. */
  Future<Map<Entry, Integer>> read(List<Entry> entries) {
    return pool.preparedQuery(select)
        .execute(parameters(entries))
        .compose(
            rows -> {
              Map<Entry, Integer> found = new HashMap<>();
              Map<Entry, Integer> marked = new HashMap<>();
              for (Row row : rows) {
                (row.getBoolean("marked") ? marked : found).put(entry(row), row.getInteger("id"));
              }
              return marked.isEmpty() ? Future.succeededFuture(found) : unmark(marked, found);
            });
  }

  private Future<Map<Entry, Integer>> unmark(
      Map<Entry, Integer> marked, Map<Entry, Integer> found) {
    List<Entry> entries = marked.keySet().stream().sorted(Entry.BY_CONTENT).toList();
    return pool.preparedQuery(unmark)
        .executeBatch(
            entries.stream()
                .map(entry -> Tuple.of(entry.site().value(), marked.get(entry)))
                .toList())
        .map(
            updated -> {
              @Nullable RowSet<Row> one = updated;
              for (Entry entry : entries) {
                if (one != null && one.rowCount() > 0) {
                  found.put(entry, marked.get(entry));
                }
                one = one == null ? null : one.next();
              }
              return found;
            });
  }

  /** Gives numbers to entries, drawn at random; durable by the time the future succeeds. */
  Future<Void> insert(List<Entry> entries) {
    Tuple parameters = parameters(entries);
    parameters.addArrayOfInteger(
        entries.stream()
            .map(entry -> random.nextInt(1, Integer.MAX_VALUE))
            .toArray(Integer[]::new));
    return pool.preparedQuery(insert).execute(parameters).mapEmpty();
  }

  private Entry entry(Row row) {
    List<String> content = new ArrayList<>(columns);
    for (int column = 0; column < columns; column++) {
      content.add(row.getString(column + 2));
    }
    return new Entry(new SiteId(row.getInteger("site_id")), content);
  }

  private Tuple parameters(List<Entry> entries) {
    Tuple parameters = Tuple.tuple();
    parameters.addArrayOfInteger(
        entries.stream().map(entry -> entry.site().value()).toArray(Integer[]::new));
    for (int column = 0; column < columns; column++) {
      int position = column;
      parameters.addArrayOfString(
          entries.stream().map(entry -> entry.content().get(position)).toArray(String[]::new));
    }
    return parameters;
  }
}
