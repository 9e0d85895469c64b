package dk.sporlos.door;

import dk.sporlos.site.Dialect;
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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the own dialect: one JSON object, or the same keys as query parameters. */
final class BeaconDecoder {
  /** Stands between a dialect and what its product called the site, as in {@code matomo:3}. */
  private static final char OF_DIALECT = ':';

  private static final int LONGEST_URL = 2_000;
  private static final int LONGEST_NONCE = 64;
  private static final int LONGEST_ADDRESS = 100;
  private static final int LONGEST_AGENT = 4_000;
  private static final int WIDEST_VIEWPORT = 65_535;
  private static final Duration OLDEST = Duration.ofMinutes(10);

  private static final ActionFields ACTION =
      new ActionFields("n", "i", "e", "sd", "p", "$", Duration.ofMinutes(5));

  /** Keys whose values are text also in JSON; all others of a query are read as JSON. */
  private static final Set<String> TEXT_KEYS = Set.of("d", "n", "u", "r", "k", "ip", "ua");

  private static final List<String> JSON_KEYS =
      List.of("p", "$", "e", "sd", "lcp", "inp", "cls", "ttfb", "i", "w", "c", "b", "a");

  private static final String VITALS = "vitals";

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
    String site = site(fields);
    Dialect dialect = dialect(site);
    Url url = url(fields);
    Action action = action(fields);
    String referrer = referrer(fields);
    Map<String, String> properties = ACTION.properties(fields);
    Revenue revenue = ACTION.revenue(fields);
    Integer width = fields.count("w", WIDEST_VIEWPORT);
    Boolean consent = fields.flag("c");
    Boolean driven = fields.flag("b");
    String nonce = fields.text("k", LONGEST_NONCE);
    Integer age = fields.count("a", (int) OLDEST.toSeconds());

    OnBehalf onBehalf = onBehalf(fields);

    String complaint = fields.complaint();
    if (complaint != null) {
      return new Decoded.Unreadable(complaint);
    }
    return new Beacon(
        dialect,
        dialect == Dialect.SPORLOS
            ? site
            : HostName.canonical(site.substring(site.indexOf(OF_DIALECT) + 1)),
        Objects.requireNonNull(url, "a missing url is complained of"),
        action,
        referrer,
        properties,
        revenue,
        width,
        consent,
        Boolean.TRUE.equals(driven),
        nonce,
        age == null ? Duration.ZERO : Duration.ofSeconds(age),
        onBehalf);
  }

  private static Action action(Fields fields) {
    return VITALS.equals(fields.text("n", Integer.MAX_VALUE))
        ? vitals(fields)
        : ACTION.action(fields);
  }

  private static Action vitals(Fields fields) {
    Map<Vital, Integer> buckets = new EnumMap<>(Vital.class);
    for (Vital vital : Vital.values()) {
      Double value = fields.number(vital.word());
      if (value != null) {
        buckets.put(vital, vital.bucket(value));
      }
    }
    if (buckets.isEmpty()) {
      fields.complain("A report of vitals needs `lcp`, `inp`, `cls` or `ttfb`.");
    }
    return new Action.Vitals(buckets, /* device= */ "");
  }

  private static String site(Fields fields) {
    String site =
        fields.requiredText(
            "d", HostName.MAXIMUM_LENGTH, "the site's domain as its snippet's data-site names it");
    return HostName.canonical(site);
  }

  /** In which a script of ours names the site that stands for another product's. */
  private static Dialect dialect(String site) {
    int end = site.indexOf(OF_DIALECT);
    String label = end < 0 ? "" : site.substring(0, end);
    return Dialect.OTHERS.stream()
        .filter(dialect -> dialect.label().equals(label))
        .findAny()
        .orElse(Dialect.SPORLOS);
  }

  private static OnBehalf onBehalf(Fields fields) {
    String ip = fields.text("ip", LONGEST_ADDRESS);
    String agent = fields.text("ua", LONGEST_AGENT);
    Address address = ip == null ? null : Address.parse(ip.strip());
    if (ip != null && address == null) {
      fields.complain("`ip` must be an IPv4 or IPv6 address.");
    }
    return address == null && agent == null
        ? OnBehalf.NOBODY
        : new OnBehalf(address, agent, null, null, null);
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
