package dk.sporlos.account;

import dk.sporlos.http.FormBody;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a request says, be it as JSON, as a form or as parameters of its address. */
final class Fields {

  private final JsonObject document;

  private Fields(JsonObject document) {
    this.document = document;
  }

  /**
   * The fields of a body; where it names none, those of the address.
   *
   * @param contentType empty if the request has none
   */
  static Fields of(String contentType, Buffer body, MultiMap parameters) {
    JsonObject document = new JsonObject();
    parameters.forEach((name, value) -> document.put(name, value));
    if (FormBody.is(contentType)) {
      try {
        FormBody.fields(contentType, body).forEach(document::put);
      } catch (IllegalArgumentException unreadable) {
        throw new RefusedException(400, "The body is not a valid form.");
      }
    } else if (body.length() > 0) {
      try {
        document.mergeIn(body.toJsonObject());
      } catch (DecodeException | ClassCastException unreadable) {
        throw new RefusedException(400, "The body is not a valid JSON object.");
      }
    }
    return new Fields(document);
  }

  /** A text; null if it is left out. */
  @Nullable String text(String name) {
    Object value = document.getValue(name);
    if (value == null) {
      return null;
    }
    if (value instanceof String text) {
      return text;
    }
    throw wrong(name, "write a text");
  }

  /** A text, or a number as a text; null if it is left out. */
  @Nullable String written(String name) {
    Object value = document.getValue(name);
    return value instanceof Number ? value.toString() : text(name);
  }

  /** A text that may not be left out. */
  String required(String name) {
    String text = text(name);
    if (text == null || text.isBlank()) {
      throw new RefusedException(400, "Parameter `%s` is required".formatted(name));
    }
    return text;
  }

  /** A whole number, in figures or as text; null if it is left out. */
  @Nullable Long number(String name) {
    BigDecimal amount = amount(name);
    try {
      return amount == null ? null : amount.longValueExact();
    } catch (ArithmeticException broken) {
      throw wrong(name, "write a whole number");
    }
  }

  /** A number, in figures or as text; null if it is left out. */
  @Nullable BigDecimal amount(String name) {
    Object value = document.getValue(name);
    if (value == null) {
      return null;
    }
    String text = String.valueOf(value).strip();
    if (text.matches("-?[0-9]{1,15}(\\.[0-9]{1,9})?")) {
      return new BigDecimal(text);
    }
    throw wrong(name, "write a number");
  }

  /** A day; null if it is left out. */
  @Nullable LocalDate day(String name) {
    String text = text(name);
    try {
      return text == null ? null : LocalDate.parse(text);
    } catch (DateTimeException unreadable) {
      throw wrong(name, "write a day as in 2026-11-01");
    }
  }

  /** Yes or no; no if it is left out. */
  boolean flag(String name) {
    Object value = document.getValue(name);
    if (value == null || value.equals(false) || value.equals("false")) {
      return false;
    }
    if (value.equals(true) || value.equals("true")) {
      return true;
    }
    throw wrong(name, "write true or false");
  }

  /** Whether there is anything of a name. */
  boolean has(String name) {
    return document.getValue(name) != null;
  }

  /** A list; in a form as JSON. */
  JsonArray list(String name) {
    Object value = document.getValue(name);
    if (value instanceof String text) {
      try {
        value = new JsonArray(text);
      } catch (DecodeException | ClassCastException unreadable) {
        throw wrong(name, "write a list in JSON");
      }
    }
    if (value instanceof JsonArray array) {
      return array;
    }
    throw wrong(name, "write a list");
  }

  /** An object; an empty one if it is left out. */
  JsonObject object(String name) {
    Object value = document.getValue(name);
    if (value == null) {
      return new JsonObject();
    }
    if (value instanceof JsonObject object) {
      return object;
    }
    throw wrong(name, "write an object of names and values");
  }

  /** A list of whole numbers. */
  List<Long> numbers(String name) {
    List<Long> numbers = new ArrayList<>();
    for (Object value : list(name)) {
      Fields item = new Fields(new JsonObject().put(name, value));
      Long number = item.number(name);
      if (number == null) {
        throw wrong(name, "write numbers");
      }
      numbers.add(number);
    }
    return numbers;
  }

  /** Names with their values; in a form as JSON; empty if it is left out. */
  Map<String, String> texts(String name) {
    Object value = document.getValue(name);
    if (value instanceof String text) {
      try {
        value = new JsonObject(text);
      } catch (DecodeException | ClassCastException unreadable) {
        throw wrong(name, "write an object in JSON");
      }
    }
    Map<String, String> texts = new TreeMap<>();
    if (value instanceof JsonObject object) {
      object.forEach(entry -> texts.put(entry.getKey(), String.valueOf(entry.getValue())));
    } else if (value != null) {
      throw wrong(name, "write an object of names and values");
    }
    return texts;
  }

  private static RefusedException wrong(String name, String remedy) {
    return new RefusedException(400, "Parameter `%s` is invalid: %s".formatted(name, remedy));
  }
}
