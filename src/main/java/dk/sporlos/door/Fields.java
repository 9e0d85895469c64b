package dk.sporlos.door;

import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a beacon, read one by one. The first thing wrong is remembered and the reading goes
 * on, so whoever reads looks for a {@link #complaint} once, at the end. Complaints name the key and
 * never the value, which may be of a person.
 */
final class Fields {
  private final JsonObject values;
  private @Nullable String complaint;

  Fields(JsonObject values) {
    this.values = values;
  }

  /** What was wrong first; null if nothing was. */
  @Nullable String complaint() {
    return complaint;
  }

  void complain(String detail) {
    if (complaint == null) {
      complaint = detail;
    }
  }

  /** What stands at some keys, as it is; null where there is nothing. */
  List<@Nullable Object> values(List<String> keys) {
    @Nullable Object[] found = new Object[keys.size()];
    for (int i = 0; i < found.length; i++) {
      found[i] = values.getValue(keys.get(i));
    }
    return Arrays.asList(found);
  }

  /** A text that must be there; empty if it is not. */
  String requiredText(String key, int maximumBytes, String remedy) {
    String text = text(key, maximumBytes);
    if (text == null || text.isBlank()) {
      complain("`" + key + "` is missing; send " + remedy + ".");
      return "";
    }
    return text;
  }

  @Nullable String text(String key, int maximumBytes) {
    Object value = values.getValue(key);
    if (value == null) {
      return null;
    }
    if (!(value instanceof String text)) {
      complain("`" + key + "` must be a string.");
      return null;
    }
    if (PlainText.isLonger(text, maximumBytes)) {
      complain(
          String.format(Locale.ROOT, "`%s` must be at most %,d bytes long.", key, maximumBytes));
      return null;
    }
    return text;
  }

  /** A number of zero or more, as a whole number no greater than a limit; a fraction is dropped. */
  @Nullable Integer count(String key, int limit) {
    Double number = number(key);
    return number == null ? null : (Integer) (int) Math.min(number, limit);
  }

  /** A number of zero or more. */
  @Nullable Double number(String key) {
    Object value = values.getValue(key);
    if (value == null) {
      return null;
    }
    if (!(value instanceof Number number) || !Double.isFinite(number.doubleValue())) {
      complain("`" + key + "` must be a number.");
      return null;
    }
    if (number.doubleValue() < 0) {
      complain("`" + key + "` must be 0 or more.");
      return null;
    }
    return number.doubleValue();
  }

  /** A yes or no, also as 1 or 0. */
  @Nullable Boolean flag(String key) {
    Object value = values.getValue(key);
    if (value == null || value instanceof Boolean) {
      return (Boolean) value;
    }
    if (value instanceof Number number
        && (number.doubleValue() == 0 || number.doubleValue() == 1)) {
      return number.doubleValue() == 1;
    }
    complain("`" + key + "` must be true or false.");
    return null;
  }

  /** An object; null if there is none. */
  @Nullable JsonObject object(String key) {
    Object value = values.getValue(key);
    if (value == null || value instanceof JsonObject) {
      return (JsonObject) value;
    }
    complain("`" + key + "` must be a JSON object.");
    return null;
  }
}
