package dk.sporlos.door;

import dk.sporlos.site.HostName;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the own dialect: one JSON object, or the same keys as query parameters. */
final class BeaconDecoder {
  private static final int LONGEST_URL = 2_000;
  private static final int LONGEST_NONCE = 64;
  private static final int WIDEST_VIEWPORT = 65_535;
  private static final Duration OLDEST = Duration.ofMinutes(10);

  private static final ActionFields ACTION =
      new ActionFields("n", "i", "e", "sd", "p", "$", Duration.ofMinutes(5));

  /** Keys whose values are text also in JSON; all others of a query are read as JSON. */
  private static final Set<String> TEXT_KEYS = Set.of("d", "n", "u", "r", "k");

  private static final List<String> JSON_KEYS =
      List.of("p", "$", "e", "sd", "i", "w", "c", "b", "a");

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
    Action action = ACTION.action(fields);
    String referrer = referrer(fields);
    Map<String, String> properties = ACTION.properties(fields);
    Revenue revenue = ACTION.revenue(fields);
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
}
