package dk.sporlos.intake;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dk.sporlos.site.SiteId;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
   * A number is cached only after the commit that made it durable, and for an hour at most: retention
   * deletes no entry that somebody may have read within two hours.
   *
   * A site may have so many new entries a day. What is new beyond that is kept as "(other)", with the
   * first column if there are not too many of these either, and is not cached: it may be there
   * tomorrow.
   */
  private static final int MAX_DRAWS = 5;

  /*
   * The cache is bounded by the length of its texts and not by their count: whoever sends beacons
   * chooses their pages, and a hundred thousand of the longest paths would take half a gigabyte.
   */
  private static final int MAX_CACHED_CHARACTERS = 16 * 1024 * 1024;

  /** What takes the place of a text that is too much. */
  static final String OTHER = "(other)";

  /** What an entry takes beside its characters, as if it were characters. */
  private static final int OVERHEAD = 100;

  /**
   * A text of a site; as many columns as the table has, together at most 2,000 bytes in UTF-8: what
   * does not fit into an index of PostgreSQL is cut off, from the last column on.
   */
  record Entry(SiteId site, List<String> content) {
    private static final int MAX_BYTES = 2_000;
    private static final int MAX_BYTES_PER_CHARACTER = 3;

    /** The order in which all processes insert entries, and write to them. */
    static final Comparator<Entry> BY_CONTENT =
        Comparator.<Entry>comparingInt(entry -> entry.site().value())
            .thenComparing(entry -> String.join("\0", entry.content()));

    Entry {
      int characters = 0;
      for (String text : content) {
        characters += text.length();
      }
      content =
          characters * MAX_BYTES_PER_CHARACTER <= MAX_BYTES
              ? List.copyOf(content)
              : fitting(content);
    }

    private static List<String> fitting(List<String> content) {
      List<String> fitting = new ArrayList<>(content.size());
      int left = MAX_BYTES;
      for (String text : content) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int end = Math.min(bytes.length, left);
        while (end < bytes.length && (bytes[end] & 0xc0) == 0x80) {
          end--;
        }
        fitting.add(end == bytes.length ? text : new String(bytes, 0, end, StandardCharsets.UTF_8));
        left -= end;
      }
      return List.copyOf(fitting);
    }
  }

  /** What an entry is kept as: itself, its first columns and {@link #OTHER}, all {@link #OTHER}. */
  private enum As {
    ITSELF,
    STAND_IN,
    OTHER
  }

  private final DictionaryRows rows;
  private final int columns;
  private final int kept;
  private final NewEntries newEntries;
  private final Cache<Entry, Integer> numbers;

  Dictionary(DictionaryRows rows, DictionaryTable table, NewEntries newEntries, Ticker ticker) {
    this.rows = rows;
    this.columns = table.width();
    this.kept = table.kept();
    this.newEntries = newEntries;
    this.numbers =
        Caffeine.newBuilder()
            .maximumWeight(MAX_CACHED_CHARACTERS)
            .weigher((Entry entry, Integer number) -> weight(entry))
            .expireAfterWrite(Duration.ofHours(1))
            .ticker(ticker)
            .executor(Runnable::run)
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

  /**
   * The number of each entry in the same place, null where there is no entry; durable by the time
   * the future succeeds.
   */
  Future<@Nullable Integer[]> numbers(List<@Nullable Entry> entries) {
    @Nullable Integer[] found = new @Nullable Integer[entries.size()];
    Set<Entry> unknown = new HashSet<>();
    for (int i = 0; i < found.length; i++) {
      Entry entry = entries.get(i);
      if (entry != null) {
        found[i] = numbers.getIfPresent(entry);
        if (found[i] == null) {
          unknown.add(entry);
        }
      }
    }
    return unknown.isEmpty()
        ? Future.succeededFuture(found)
        : lookUp(unknown, As.ITSELF).map(looked -> filled(found, entries, looked));
  }

  private static @Nullable Integer[] filled(
      @Nullable Integer[] found, List<@Nullable Entry> entries, Map<Entry, Integer> looked) {
    for (int i = 0; i < found.length; i++) {
      Entry entry = entries.get(i);
      if (entry != null && found[i] == null) {
        found[i] = looked.get(entry);
      }
    }
    return found;
  }

  /** Reads entries, and of those that are not there inserts what their sites may still have. */
  private Future<Map<Entry, Integer>> lookUp(Set<Entry> entries, As as) {
    Map<Entry, Integer> found = new HashMap<>(numbers.getAllPresent(entries));
    return read(sorted(entries, found), found).compose(read -> admit(entries, found, as));
  }

  private Future<Map<Entry, Integer>> admit(Set<Entry> entries, Map<Entry, Integer> found, As as) {
    List<Entry> admitted = new ArrayList<>();
    Map<Entry, Entry> replaced = new HashMap<>();
    As instead = as == As.ITSELF && kept > 0 ? As.STAND_IN : As.OTHER;
    for (Entry entry : sorted(entries, found)) {
      if (isAdmitted(entry.site(), as)) {
        admitted.add(entry);
      } else {
        replaced.put(entry, replacement(entry, instead));
      }
    }
    Future<Map<Entry, Integer>> inserted =
        insertMissing(admitted, found, MAX_DRAWS).onFailure(failure -> giveBack(admitted, as));
    return replaced.isEmpty()
        ? inserted
        : inserted
            .compose(done -> lookUp(Set.copyOf(replaced.values()), instead))
            .map(
                others -> {
                  replaced.forEach((entry, other) -> found.put(entry, others.get(other)));
                  return found;
                });
  }

  private boolean isAdmitted(SiteId site, As as) {
    return switch (as) {
      case ITSELF -> newEntries.admit(site);
      case STAND_IN -> newEntries.admitStandIn(site);
      case OTHER -> true;
    };
  }

  /** A database that can be read but not written to would else use up a day's share by retries. */
  private void giveBack(List<Entry> admitted, As as) {
    for (Entry entry : admitted) {
      switch (as) {
        case ITSELF -> newEntries.giveBack(entry.site());
        case STAND_IN -> newEntries.giveBackStandIn(entry.site());
        case OTHER -> {}
      }
    }
  }

  private Entry replacement(Entry entry, As as) {
    List<String> content = new ArrayList<>(Collections.nCopies(columns, OTHER));
    for (int column = 0; as == As.STAND_IN && column < kept; column++) {
      content.set(column, entry.content().get(column));
    }
    return new Entry(entry.site(), content);
  }

  private Future<Map<Entry, Integer>> insertMissing(
      List<Entry> entries, Map<Entry, Integer> found, int draws) {
    List<Entry> missing = sorted(entries, found);
    if (missing.isEmpty()) {
      return Future.succeededFuture(found);
    }
    if (draws == 0) {
      return Future.failedFuture(
          new IllegalStateException("no free number for a dictionary entry"));
    }
    return rows.insert(missing)
        .compose(inserted -> read(missing, found))
        .compose(read -> insertMissing(entries, found, draws - 1));
  }

  private Future<Map<Entry, Integer>> read(List<Entry> entries, Map<Entry, Integer> found) {
    if (entries.isEmpty()) {
      return Future.succeededFuture(found);
    }
    return rows.read(entries)
        .map(
            read -> {
              numbers.putAll(read);
              found.putAll(read);
              return found;
            });
  }

  private static List<Entry> sorted(Collection<Entry> entries, Map<Entry, Integer> found) {
    return entries.stream()
        .filter(entry -> !found.containsKey(entry))
        .sorted(Entry.BY_CONTENT)
        .toList();
  }
}
