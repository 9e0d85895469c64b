package dk.sporlos.door;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What some keys of lines say, read once for the same values: most lines say what others said. Is
 * used by one thread at a time.
 */
final class Remembered<T> {
  private static final int MOST = 10_000;

  private final List<String> keys;
  private final Function<Fields, T> reader;
  private final Map<List<@Nullable Object>, T> known = new HashMap<>();

  /**
   * @param keys all that the reader looks at
   */
  Remembered(List<String> keys, Function<Fields, T> reader) {
    this.keys = List.copyOf(keys);
    this.reader = reader;
  }

  /** What the fields say; what is complained of is not remembered, so it is complained of again. */
  T read(Fields fields) {
    List<@Nullable Object> said = fields.values(keys);
    T before = known.get(said);
    if (before != null) {
      return before;
    }
    T read = reader.apply(fields);
    if (fields.complaint() == null && known.size() < MOST) {
      known.put(said, read);
    }
    return read;
  }
}
