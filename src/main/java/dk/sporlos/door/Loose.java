package dk.sporlos.door;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads values as loosely as other products do, which pass over what makes no sense to them. */
final class Loose {
  private static final int AMOUNT_SCALE = 6;
  private static final int LONGEST_NUMBER = 24;
  private static final Pattern AMOUNT = Pattern.compile("-?[0-9]{1,15}(\\.[0-9]{1,6})?");
  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

  private Loose() {}

  /**
   * How many properties are kept, and how long they may be.
   *
   * @param name in bytes
   * @param value in bytes, as which a longer one is cut
   */
  record Room(int most, int name, int value) {}

  /** A text, or a number as text; null for everything else. */
  static @Nullable String text(@Nullable Object value) {
    return value instanceof String || value instanceof Number || value instanceof Boolean
        ? value.toString()
        : null;
  }

  /** The same where only a text of some length will do. */
  static @Nullable String filled(@Nullable Object value) {
    String text = text(value);
    return text == null || text.isBlank() ? null : text.strip();
  }

  /** A whole number, also written as a text; null for everything else. */
  static @Nullable Long number(@Nullable Object value) {
    String text = filled(value);
    if (text == null || text.length() > LONGEST_NUMBER) {
      return null;
    }
    try {
      BigDecimal number = new BigDecimal(text);
      // A power such as 1e999999999 is not worked out.
      return Math.abs((long) number.scale()) > LONGEST_NUMBER
          ? null
          : (Long) number.setScale(0, RoundingMode.DOWN).longValueExact();
    } catch (ArithmeticException | NumberFormatException notANumber) {
      return null;
    }
  }

  /** A number within bounds; null if it is none, or beyond them. */
  static @Nullable Integer within(@Nullable Object value, int least, int most) {
    Long number = number(value);
    return number == null || number < least || number > most ? null : (Integer) number.intValue();
  }

  /** An object, also written as a text; null for everything else. */
  static @Nullable JsonObject object(@Nullable Object value) {
    if (value instanceof String text) {
      try {
        return new JsonObject(text);
      } catch (DecodeException notAnObject) {
        return null;
      }
    }
    return value instanceof JsonObject object ? object : null;
  }

  /**
   * Plain properties of the names and values of an object; what has no text of its own is not one.
   */
  static Map<String, String> properties(@Nullable JsonObject object, Room room) {
    Map<String, String> properties = new LinkedHashMap<>();
    if (object != null) {
      object.forEach(entry -> put(properties, entry.getKey(), text(entry.getValue()), room));
    }
    return properties;
  }

  /** Adds one, if there is room and something in it. */
  static void put(Map<String, String> properties, String name, @Nullable String value, Room room) {
    String plainName = PlainText.cut(PlainText.of(name).strip(), room.name()).strip();
    String plain = value == null ? "" : PlainText.cut(PlainText.of(value).strip(), room.value());
    if (!plainName.isEmpty() && !plain.isEmpty() && properties.size() < room.most()) {
      properties.put(plainName, plain);
    }
  }

  /**
   * What something is worth; null if that cannot be told, or in no currency that there could be.
   */
  static @Nullable Revenue revenue(@Nullable Object amount, @Nullable Object currency) {
    String digits = amount instanceof Number number ? decimal(number) : filled(amount);
    return digits != null
            && AMOUNT.matcher(digits).matches()
            && currency instanceof String code
            && CURRENCY.matcher(code.strip()).matches()
        ? new Revenue(new BigDecimal(digits), code.strip())
        : null;
  }

  private static @Nullable String decimal(Number number) {
    double size = Math.abs(number.doubleValue());
    return size < 1e15 && (size == 0 || size > 1e-9)
        ? new BigDecimal(number.toString())
            .setScale(AMOUNT_SCALE, RoundingMode.HALF_EVEN)
            .toPlainString()
        : null;
  }

  /** The name of an event; null if there is nothing of it. */
  static @Nullable String name(@Nullable String text, int longest) {
    String plain = text == null ? "" : PlainText.of(text).strip();
    int characters = plain.codePointCount(0, plain.length());
    String cut =
        characters <= longest ? plain : plain.substring(0, plain.offsetByCodePoints(0, longest));
    return cut.isBlank() ? null : cut.strip();
  }

  /** A moment in seconds since 1970; null if it is none that there could be. */
  static @Nullable Instant moment(@Nullable Object value) {
    Long seconds = number(value);
    return seconds == null || seconds < 0 || seconds > 1L << 36
        ? null
        : Instant.ofEpochSecond(seconds);
  }
}
