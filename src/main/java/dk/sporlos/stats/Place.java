package dk.sporlos.stats;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A place in a document, and what may stand there.
 *
 * @param pointer JSON pointer (RFC 6901) after {@code #}
 */
record Place(String pointer) {

  static final Place ROOT = new Place("#");

  private static final int LONGEST_SHOWN = 100;

  Place at(String key) {
    return new Place(pointer + "/" + cut(key).replace("~", "~0").replace("/", "~1"));
  }

  Place at(int index) {
    return new Place(pointer + "/" + index);
  }

  InvalidQueryException refusal(String why) {
    return new InvalidQueryException(pointer + ": " + why);
  }

  /** The value as JSON, cut where it grows long. */
  static String shown(@Nullable Object value) {
    return cut(Json.encode(value));
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
  }

  JsonArray array(@Nullable Object value) {
    if (value instanceof JsonArray array) {
      return array;
    }
    throw mismatch("Array", value);
  }

  JsonObject object(@Nullable Object value) {
    if (value instanceof JsonObject object) {
      return object;
    }
    throw mismatch("Object", value);
  }

  String string(@Nullable Object value) {
    if (value instanceof String string) {
      return string;
    }
    throw mismatch("String", value);
  }

  /** A member that is true or false; false if it is left out. */
  boolean flag(JsonObject object, String key) {
    if (!object.containsKey(key)) {
      return false;
    }
    Object value = object.getValue(key);
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw at(key).mismatch("Boolean", value);
  }

  /** A member that is a whole number within bounds. */
  long number(JsonObject object, String key, long least, long most, long ifLeftOut) {
    if (!object.containsKey(key)) {
      return ifLeftOut;
    }
    Object value = object.getValue(key);
    if (!(value instanceof Integer || value instanceof Long || value instanceof BigInteger)) {
      throw at(key).mismatch("Integer", value);
    }
    BigDecimal number = new BigDecimal(value.toString());
    if (number.compareTo(BigDecimal.valueOf(least)) < 0) {
      throw at(key).refusal("Expected the value to be >= " + least);
    }
    if (number.compareTo(BigDecimal.valueOf(most)) > 0) {
      throw at(key).refusal("Expected the value to be <= " + most);
    }
    return number.longValueExact();
  }

  /** A whole number that is the number of something. */
  long number(@Nullable Object value) {
    if (value instanceof Integer || value instanceof Long) {
      return ((Number) value).longValue();
    }
    throw mismatch("Integer", value);
  }

  private InvalidQueryException mismatch(String expected, @Nullable Object value) {
    return refusal("Type mismatch. Expected " + expected + " but got " + type(value) + ".");
  }

  private static String type(@Nullable Object value) {
    if (value == null) {
      return "Null";
    }
    if (value instanceof JsonArray) {
      return "Array";
    }
    if (value instanceof JsonObject) {
      return "Object";
    }
    if (value instanceof Boolean) {
      return "Boolean";
    }
    if (value instanceof Number) {
      return value instanceof Double || value instanceof Float ? "Number" : "Integer";
    }
    return "String";
  }
}
