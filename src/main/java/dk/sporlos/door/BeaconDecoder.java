package dk.sporlos.door;

import dk.sporlos.door.Action.Engagement;
import dk.sporlos.door.Action.Event;
import dk.sporlos.door.Action.PageView;
import dk.sporlos.site.HostName;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the own dialect: one JSON object, or the same keys as query parameters. */
final class BeaconDecoder {
  private static final int LONGEST_URL = 2_000;
  private static final int LONGEST_NAME = 120;
  private static final int MOST_PROPERTIES = 30;
  private static final int LONGEST_PROPERTY_NAME = 300;
  private static final int LONGEST_PROPERTY_VALUE = 2_000;
  private static final int LONGEST_NONCE = 64;
  private static final int WIDEST_VIEWPORT = 65_535;
  private static final int AMOUNT_SCALE = 6;
  private static final Duration LONGEST_ENGAGEMENT = Duration.ofMinutes(5);
  private static final Duration OLDEST = Duration.ofMinutes(10);

  private static final String PAGE_VIEW = "pageview";
  private static final String ENGAGEMENT = "engagement";

  /** Keys whose values are text also in JSON; all others of a query are read as JSON. */
  private static final Set<String> TEXT_KEYS = Set.of("d", "n", "u", "r", "k");

  private static final List<String> JSON_KEYS =
      List.of("p", "$", "e", "sd", "i", "w", "c", "b", "a");

  private static final Pattern AMOUNT = Pattern.compile("-?[0-9]{1,15}(\\.[0-9]{1,6})?");
  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
  private static final String EXAMPLE =
      "one JSON object such as {\"d\": \"example.com\", \"u\": \"https://example.com/\"}";

  private BeaconDecoder() {}

  /** Reads the body of a request, whatever content type it claims. */
  static Decoded decode(Buffer body) {
    String text;
    try {
      text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body.getBytes())).toString();
    } catch (CharacterCodingException notUtf8) {
      return new Decoded.Unreadable("The body is not UTF-8; encode it as UTF-8.");
    }
    Object value;
    try {
      value = Json.decodeValue(text);
    } catch (DecodeException notJson) {
      return new Decoded.Unreadable("The body is not JSON; send " + EXAMPLE + ".");
    }
    return value instanceof JsonObject object
        ? decode(object)
        : new Decoded.Unreadable("The body is not a JSON object; send " + EXAMPLE + ".");
  }

  /** Reads the parameters of a query. */
  static Decoded decode(MultiMap parameters) {
    JsonObject values = new JsonObject();
    for (String key : TEXT_KEYS) {
      values.put(key, parameters.get(key));
    }
    for (String key : JSON_KEYS) {
      values.put(key, jsonOrText(parameters.get(key)));
    }
    return decode(values);
  }

  private static @Nullable Object jsonOrText(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      return Json.decodeValue(text);
    } catch (DecodeException notJson) {
      return text;
    }
  }

  private static Decoded decode(JsonObject values) {
    Fields fields = new Fields(values);
    String domain = domain(fields);
    Url url = url(fields);
    Action action = action(fields);
    String referrer = referrer(fields);
    Map<String, String> properties = properties(fields);
    Revenue revenue = revenue(fields);
    Integer width = fields.count("w", WIDEST_VIEWPORT);
    Boolean consent = fields.flag("c");
    Boolean driven = fields.flag("b");
    String nonce = fields.text("k", LONGEST_NONCE);
    Integer age = fields.count("a", (int) OLDEST.toSeconds());

    String complaint = fields.complaint();
    if (complaint != null) {
      return new Decoded.Unreadable(complaint);
    }
    return new Beacon(
        domain,
        Objects.requireNonNull(url, "a missing url is complained of"),
        action,
        referrer,
        properties,
        revenue,
        width,
        consent,
        Boolean.TRUE.equals(driven),
        nonce,
        age == null ? Duration.ZERO : Duration.ofSeconds(age));
  }

  private static String domain(Fields fields) {
    String domain =
        fields.requiredText(
            "d", HostName.MAXIMUM_LENGTH, "the site's domain as its snippet's data-site names it");
    return HostName.canonical(domain);
  }

  private static @Nullable Url url(Fields fields) {
    String text = fields.requiredText("u", LONGEST_URL, "the page's absolute address");
    Url url = Url.parse(text);
    if (url == null) {
      fields.complain("`u` must be an absolute http or https address with a host.");
    }
    return url;
  }

  /** One that is too long is no reason to lose the beacon: the tracker does not cut it. */
  private static @Nullable String referrer(Fields fields) {
    String referrer = fields.text("r", Integer.MAX_VALUE);
    return referrer == null || PlainText.utf8Length(referrer) > LONGEST_URL ? null : referrer;
  }

  private static Action action(Fields fields) {
    String name = fields.text("n", Integer.MAX_VALUE);
    if (name == null || name.equals(PAGE_VIEW)) {
      return new PageView();
    }
    if (name.equals(ENGAGEMENT)) {
      return engagement(fields);
    }
    String plain = PlainText.of(name).strip();
    if (plain.isEmpty()) {
      fields.complain("`n` is empty; name what happened, or leave it out for a page view.");
    }
    if (plain.codePointCount(0, plain.length()) > LONGEST_NAME) {
      fields.complain(
          String.format(Locale.ROOT, "`n` must be at most %d characters long.", LONGEST_NAME));
    }
    return new Event(plain, !Boolean.FALSE.equals(fields.flag("i")));
  }

  private static Action engagement(Fields fields) {
    Integer milliseconds = fields.count("e", (int) LONGEST_ENGAGEMENT.toMillis());
    Integer scroll = fields.count("sd", 100);
    if (milliseconds == null && scroll == null) {
      fields.complain("An engagement needs `e`, engaged milliseconds, or `sd`, scroll percent.");
    }
    return new Engagement(
        milliseconds == null ? Duration.ZERO : Duration.ofMillis(milliseconds), scroll);
  }

  private static Map<String, String> properties(Fields fields) {
    JsonObject object = fields.object("p");
    if (object == null) {
      return Map.of();
    }
    if (object.size() > MOST_PROPERTIES) {
      fields.complain(
          String.format(Locale.ROOT, "`p` must have at most %d properties.", MOST_PROPERTIES));
      return Map.of();
    }
    Map<String, String> properties = new HashMap<>();
    object.forEach(entry -> putProperty(properties, entry.getKey(), entry.getValue(), fields));
    return properties;
  }

  private static void putProperty(
      Map<String, String> properties, String name, @Nullable Object value, Fields fields) {
    if (value == null) {
      return;
    }
    if (!(value instanceof String || value instanceof Number || value instanceof Boolean)) {
      fields.complain("Each value in `p` must be a string, a number, true or false.");
      return;
    }
    String plainName = PlainText.of(name).strip();
    String plainValue = PlainText.of(value.toString());
    if (plainName.isEmpty() || PlainText.utf8Length(plainName) > LONGEST_PROPERTY_NAME) {
      fields.complain(
          String.format(
              Locale.ROOT, "Each name in `p` must be 1 to %d bytes long.", LONGEST_PROPERTY_NAME));
    }
    if (PlainText.utf8Length(plainValue) > LONGEST_PROPERTY_VALUE) {
      fields.complain(
          String.format(
              Locale.ROOT,
              "Each value in `p` must be at most %,d bytes long.",
              LONGEST_PROPERTY_VALUE));
    }
    properties.put(plainName, plainValue);
  }

  private static @Nullable Revenue revenue(Fields fields) {
    JsonObject object = fields.object("$");
    if (object == null) {
      return null;
    }
    Object amount = object.getValue("amount");
    String digits =
        amount instanceof Number number && Double.isFinite(number.doubleValue())
            ? decimal(number)
            : amount instanceof String text ? text : "";
    boolean known =
        object.getValue("currency") instanceof String code && CURRENCY.matcher(code).matches();
    if (!known || !AMOUNT.matcher(digits).matches()) {
      fields.complain("`$` must be like {\"amount\": 12.50, \"currency\": \"DKK\"}.");
      return null;
    }
    return new Revenue(new BigDecimal(digits), object.getString("currency"));
  }

  /** A number in digits, rounded to what is left of it after a website's own arithmetic. */
  private static String decimal(Number number) {
    return new BigDecimal(number.toString())
        .setScale(AMOUNT_SCALE, RoundingMode.HALF_EVEN)
        .toPlainString();
  }
}
