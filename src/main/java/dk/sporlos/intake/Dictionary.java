package dk.sporlos.intake;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dk.sporlos.site.SiteId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table that gives texts of a site a 32-bit number: pages, names of events.
 *
 * <p>Numbers are found by content. What is missing is inserted in a short transaction of its own,
 * sorted, so that two processes that insert the same texts never wait for each other in a circle.
 */
final class Dictionary {

  /*
   * Numbers are drawn at random: they say nothing about the order in which texts appeared, and no
   * sequence is needed, which a cluster could not share. `on conflict do nothing` covers both a text
   * that another process inserted meanwhile and a number that is taken; either way the text is read
   * again, and a text still missing draws another number.
   *
   * A number is cached only after the commit that made it durable, and for an hour at most, so that
   * an entry that was deleted cannot be used for longer.
   */
  private static final int MAX_DRAWS = 5;

  /*
   * The cache is bounded by the length of its texts and not by their count: whoever sends beacons
   * chooses their pages, and a hundred thousand of the longest paths would take half a gigabyte.
   */
  private static final int MAX_CACHED_CHARACTERS = 16 * 1024 * 1024;

  /** What an entry takes beside its characters, as if it were characters. */
  private static final int OVERHEAD = 100;

  /** A text of a site; as many columns as the table has. */
  record Entry(SiteId site, List<String> content) {
    Entry {
      content = List.copyOf(content);
    }
  }

  private static final Comparator<Entry> BY_CONTENT =
      Comparator.<Entry>comparingInt(entry -> entry.site().value())
          .thenComparing(entry -> String.join("\0", entry.content()));

  private final Pool pool;
  private final RandomGenerator random;
  private final int columns;
  private final String select;
  private final String insert;
  private final Cache<Entry, Integer> numbers;

  /**
   * @param table name of the table, with columns {@code site_id} and {@code id}
   * @param contents names of its text columns
   */
  Dictionary(Pool pool, RandomGenerator random, String table, List<String> contents) {
    this.pool = pool;
    this.random = random;
    this.columns = contents.size();
    String names = String.join(", ", contents);
    String arrays =
        IntStream.rangeClosed(2, columns + 1)
            .mapToObj(parameter -> "$" + parameter + "::text[]")
            .collect(Collectors.joining(", "));
    this.select =
        """
        select site_id, id, %1$s from %2$s
        join unnest($1::int[], %3$s) as wanted (site_id, %1$s) using (site_id, %1$s)
        """
            .formatted(names, table, arrays);
    this.insert =
        """
        insert into %2$s (site_id, %1$s, id)
        select * from unnest($1::int[], %3$s, $%4$d::int[])
        on conflict do nothing
        """
            .formatted(names, table, arrays, columns + 2);
    this.numbers =
        Caffeine.newBuilder()
            .maximumWeight(MAX_CACHED_CHARACTERS)
            .weigher((Entry entry, Integer number) -> weight(entry))
            .expireAfterWrite(Duration.ofHours(1))
            .recordStats()
            .build();
  }

  private static int weight(Entry entry) {
    return OVERHEAD + entry.content().stream().mapToInt(String::length).sum();
  }

  /** The cache, for its meters. */
  Cache<?, ?> cache() {
    return numbers;
  }

  /** The number of each entry, durable by the time the future succeeds. */
  Future<Map<Entry, Integer>> numbers(Collection<Entry> entries) {
    Map<Entry, Integer> found = new HashMap<>(numbers.getAllPresent(entries));
    List<Entry> missing = missing(entries, found);
    if (missing.isEmpty()) {
      return Future.succeededFuture(found);
    }
    return read(missing, found).compose(read -> insertMissing(entries, found, MAX_DRAWS));
  }

  private Future<Map<Entry, Integer>> insertMissing(
      Collection<Entry> entries, Map<Entry, Integer> found, int draws) {
    List<Entry> missing = missing(entries, found);
    if (missing.isEmpty()) {
      return Future.succeededFuture(found);
    }
    if (draws == 0) {
      return Future.failedFuture(
          new IllegalStateException("no free number for a dictionary entry"));
    }
    return insert(missing)
        .compose(inserted -> read(missing, found))
        .compose(read -> insertMissing(entries, found, draws - 1));
  }

  private Future<RowSet<Row>> insert(List<Entry> entries) {
    Tuple parameters = parameters(entries);
    parameters.addArrayOfInteger(
        entries.stream()
            .map(entry -> random.nextInt(1, Integer.MAX_VALUE))
            .toArray(Integer[]::new));
    return pool.preparedQuery(insert).execute(parameters);
  }

  private Future<Map<Entry, Integer>> read(List<Entry> entries, Map<Entry, Integer> found) {
    return pool.preparedQuery(select)
        .execute(parameters(entries))
        .map(
            rows -> {
              rows.forEach(
                  row -> {
                    Entry entry = entry(row);
                    found.put(entry, row.getInteger("id"));
                    numbers.put(entry, row.getInteger("id"));
                  });
              return found;
            });
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

  private static List<Entry> missing(Collection<Entry> entries, Map<Entry, Integer> found) {
    List<Entry> missing =
        entries.stream()
            .distinct()
            .filter(entry -> !found.containsKey(entry))
            .collect(Collectors.toCollection(ArrayList::new));
    Collections.sort(missing, BY_CONTENT);
    return missing;
  }
}
