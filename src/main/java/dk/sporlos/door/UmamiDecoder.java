package dk.sporlos.door;

import dk.sporlos.door.Action.Engagement;
import dk.sporlos.door.Action.Event;
import dk.sporlos.door.Action.PageView;
import dk.sporlos.site.Dialect;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code POST /api/send} and, in an array, {@code POST /api/batch} as the trackers of Umami
 * send them (https://umami.is/docs/api/sending-stats). Who the visitor is, is never counted.
 */
final class UmamiDecoder implements DialectDecoder {
  private static final int MOST_OF_BATCH = 500;
  private static final int LONGEST_NAME = 50;
  private static final int LONGEST_AGENT = 4_000;
  private static final int MOST_ENGAGED = 86_400_000;
  private static final int WIDEST_VIEWPORT = 65_535;
  private static final int DEEPEST = 5;
  private static final Loose.Room ROOM = new Loose.Room(50, 300, 500);
  private static final Duration LONGEST_ENGAGEMENT = Duration.ofMinutes(30);

  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern SCREEN = Pattern.compile("([0-9]{1,5})x[0-9]{1,5}");

  /** With which a spreadsheet would begin to reckon. */
  private static final String OF_FORMULAS = "=+-@\t\r";

  private static final String BATCH = "/api/batch";

  @Override
  public Message decode(Sent sent) {
    Object json = sent.json();
    if (!sent.path().endsWith(BATCH)) {
      return Message.of(item(json));
    }
    if (!(json instanceof JsonArray array) || array.size() > MOST_OF_BATCH) {
      return Message.unreadable("", "Send an array of at most " + MOST_OF_BATCH + " objects.");
    }
    List<Decoded> items = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      items.add(item(array.getValue(i)));
    }
    return new Message(items, /* bulk= */ true, /* quiet= */ false);
  }

  private static Decoded item(@Nullable Object value) {
    if (!(value instanceof JsonObject object)) {
      return wrong("", "Send an object with `type` and `payload`.");
    }
    if (!(object.getValue("payload") instanceof JsonObject payload)) {
      return wrong("payload", "`payload` must be an object.");
    }
    String website = payload.getValue("website") instanceof String text ? text.strip() : "";
    if (!UUID.matcher(website).matches()
        || payload.containsKey("link")
        || payload.containsKey("pixel")) {
      return wrong(
          "website", "`website` must be the website's UUID; links and pixels are unknown.");
    }
    String site = website.toLowerCase(Locale.ROOT);
    return switch (String.valueOf(object.getValue("type"))) {
      case "event" -> event(site, payload);
      case "engagement" -> engagement(site, payload);
      case "performance" -> performance(site, payload);
      case "identify" -> new Decoded.Uncounted(Dialect.UMAMI, site);
      default -> wrong("type", "`type` must be event, engagement, performance or identify.");
    };
  }

  private static Decoded wrong(String subject, String detail) {
    return new Decoded.Unreadable(subject, detail);
  }

  private static Decoded event(String site, JsonObject payload) {
    Object name = payload.getValue("name");
    if (name != null && !(name instanceof String)) {
      return wrong("name", "`name` must be a string.");
    }
    String said = name instanceof String text ? text : "";
    if (!said.isEmpty() && OF_FORMULAS.indexOf(said.charAt(0)) >= 0) {
      return wrong("name", "`name` must not begin as a formula does.");
    }
    String event = Loose.name(said, LONGEST_NAME);
    return beacon(site, payload, event == null ? new PageView() : new Event(event, true));
  }

  /** Without an address nobody knows which page was looked at. */
  private static Decoded engagement(String site, JsonObject payload) {
    Integer millis = Loose.within(payload.getValue("engagement"), 1, MOST_ENGAGED);
    if (millis == null) {
      return wrong("engagement", "`engagement` must be milliseconds, from 1 to 86,400,000.");
    }
    Duration engaged = Duration.ofMillis(Math.min(millis, LONGEST_ENGAGEMENT.toMillis()));
    return payload.getValue("url") == null
        ? new Decoded.Uncounted(Dialect.UMAMI, site)
        : beacon(site, payload, new Engagement(engaged, null));
  }

  /** What makes no sense is passed over, and so are figures that are not counted. */
  private static Decoded performance(String site, JsonObject payload) {
    Map<Vital, Integer> buckets = new EnumMap<>(Vital.class);
    for (Vital vital : Vital.values()) {
      if (payload.getValue(vital.word()) instanceof Number number
          && Double.isFinite(number.doubleValue())
          && number.doubleValue() >= 0) {
        buckets.put(vital, vital.bucket(number.doubleValue()));
      }
    }
    return buckets.isEmpty() || payload.getValue("url") == null
        ? new Decoded.Uncounted(Dialect.UMAMI, site)
        : beacon(site, payload, new Action.Vitals(buckets, /* device= */ ""));
  }

  private static Decoded beacon(String site, JsonObject payload, Action action) {
    Object address = payload.getValue("url");
    Url url =
        address == null || address instanceof String
            ? Pages.url((String) address, Loose.filled(payload.getValue("hostname")))
            : null;
    if (url == null) {
      return wrong("url", "`url` must be an address or a path.");
    }
    JsonObject data = payload.getValue("data") instanceof JsonObject object ? object : null;
    OnBehalf visitor = visitor(payload);
    if (visitor == null) {
      return wrong("ip", "`ip` must be an IPv4 or IPv6 address.");
    }
    return new Beacon(
        Dialect.UMAMI,
        site,
        url,
        action,
        payload.getValue("referrer") instanceof String referrer ? referrer : null,
        properties(data),
        data == null ? null : Loose.revenue(data.getValue("revenue"), data.getValue("currency")),
        width(payload),
        /* consent= */ null,
        /* driven= */ false,
        /* nonce= */ null,
        Duration.ZERO,
        visitor);
  }

  private static Map<String, String> properties(@Nullable JsonObject data) {
    Map<String, String> properties = new LinkedHashMap<>();
    if (data != null) {
      put(properties, "", data, 1);
    }
    return properties;
  }

  private static void put(
      Map<String, String> properties, String prefix, JsonObject object, int depth) {
    for (Map.Entry<String, Object> entry : object) {
      String name = prefix + entry.getKey();
      if (entry.getValue() instanceof JsonObject inner && depth < DEEPEST) {
        put(properties, name + ".", inner, depth + 1);
      } else if (entry.getValue() instanceof JsonArray list) {
        Loose.put(properties, name, list.encode(), ROOM);
      } else {
        Loose.put(properties, name, Loose.text(entry.getValue()), ROOM);
      }
    }
  }

  private static @Nullable Integer width(JsonObject payload) {
    Matcher screen =
        SCREEN.matcher(Objects.requireNonNullElse(Loose.filled(payload.getValue("screen")), ""));
    return screen.matches() ? Loose.within(screen.group(1), 0, WIDEST_VIEWPORT) : null;
  }

  /** Null if the address is none. */
  private static @Nullable OnBehalf visitor(JsonObject payload) {
    String ip = Loose.filled(payload.getValue("ip"));
    Address address = ip == null ? null : Address.parse(ip);
    if (ip != null && address == null) {
      return null;
    }
    String agent = Loose.filled(payload.getValue("userAgent"));
    return new OnBehalf(
        address,
        agent == null ? null : Sender.bounded(agent, LONGEST_AGENT),
        Loose.filled(payload.getValue("language")),
        Loose.moment(payload.getValue("timestamp")),
        null);
  }
}
