package dk.sporlos.door;

import dk.sporlos.door.Action.Engagement;
import dk.sporlos.door.Action.Event;
import dk.sporlos.door.Action.PageView;
import dk.sporlos.site.Dialect;
import dk.sporlos.site.HostName;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code POST /api/event} as the trackers of Plausible send it
 * (https://plausible.io/docs/events-api). Complaints are in its words, under its names of fields.
 */
final class PlausibleDecoder implements DialectDecoder {
  private static final int LONGEST_NAME = 120;
  private static final int LONGEST_URL = 2_000;
  private static final int WIDEST_VIEWPORT = 65_535;
  private static final int MOST_SITES = 30;
  private static final Loose.Room ROOM = new Loose.Room(30, 300, 2_000);
  private static final long MILLIS_OF_MONTH = Duration.ofDays(30).toMillis();

  /** A visit is over by then. */
  private static final Duration LONGEST_ENGAGEMENT = Duration.ofMinutes(30);

  private static final String NOT_JSON = "Unable to parse request body as json";
  private static final String NO_ENGAGEMENT =
      "engagement event requires a valid integer value for at least one of 'sd' or 'e' fields";

  /** One that says what is wrong with what was sent. */
  private static final class Complaint extends Exception {
    private static final long serialVersionUID = 1;
    private final String field;

    Complaint(String field, String message) {
      super(message, null, false, false);
      this.field = field;
    }
  }

  @Override
  public Message decode(Sent sent) {
    Object json = sent.json();
    JsonObject object = json instanceof JsonObject read ? read : json == null ? sent.form() : null;
    if (object == null) {
      return Message.unreadable("request", NOT_JSON);
    }
    try {
      return message(object, sent);
    } catch (Complaint complaint) {
      return Message.unreadable(complaint.field, String.valueOf(complaint.getMessage()));
    }
  }

  private static Message message(JsonObject object, Sent sent) throws Complaint {
    Url url = url(object);
    Action action = action(object);
    Map<String, String> properties = properties(object);
    List<Decoded> beacons =
        sites(object, url).stream()
            .<Decoded>map(
                site ->
                    new Beacon(
                        Dialect.PLAUSIBLE,
                        site,
                        url,
                        action,
                        referrer(object),
                        properties,
                        revenue(object),
                        Loose.within(object.getValue("w"), 0, WIDEST_VIEWPORT),
                        /* consent= */ null,
                        /* driven= */ false,
                        /* nonce= */ null,
                        Duration.ZERO,
                        new OnBehalf(sent.forwardedFor(), null, null, null, null)))
            .toList();
    return new Message(beacons, /* bulk= */ true, /* quiet= */ false);
  }

  private static @Nullable Object first(JsonObject object, String... keys) {
    return Stream.of(keys)
        .filter(key -> object.getValue(key) != null)
        .findFirst()
        .map(object::getValue)
        .orElse(null);
  }

  private static Url url(JsonObject object) throws Complaint {
    String text = first(object, "u", "url") instanceof String said ? said.strip() : "";
    if (text.isEmpty()) {
      throw new Complaint("url", "is required");
    }
    if (text.toLowerCase(Locale.ROOT).startsWith("data:")) {
      throw new Complaint("url", "scheme is not allowed");
    }
    Url url = PlainText.isLonger(text, LONGEST_URL) ? null : Url.parse(text);
    if (url == null) {
      throw new Complaint("url", "must be a valid url");
    }
    Integer hash = Loose.within(object.getValue("h"), 1, 1);
    Integer hashMode = hash == null ? Loose.within(object.getValue("hashMode"), 1, 1) : hash;
    return hashMode == null ? url : url.routed();
  }

  private static List<String> sites(JsonObject object, Url url) throws Complaint {
    Object said = first(object, "d", "domain");
    if (said == null) {
      return List.of(url.host());
    }
    List<String> sites =
        said instanceof String text
            ? Stream.of(text.split(",", -1)).map(HostName::canonical).distinct().toList()
            : List.of("");
    if (sites.contains("")) {
      throw new Complaint("domain", "can't be blank");
    }
    if (sites.size() > MOST_SITES) {
      throw new Complaint("domain", "should be at most " + MOST_SITES + " domain(s)");
    }
    return sites;
  }

  private static Action action(JsonObject object) throws Complaint {
    Object said = first(object, "n", "name");
    String name = said instanceof Boolean ? null : Loose.name(Loose.text(said), Integer.MAX_VALUE);
    if (name == null) {
      throw new Complaint("event_name", "can't be blank");
    }
    if (name.codePointCount(0, name.length()) > LONGEST_NAME) {
      throw new Complaint("event_name", "should be at most " + LONGEST_NAME + " character(s)");
    }
    return switch (name) {
      case "pageview" -> new PageView();
      case "engagement" -> engagement(object);
      default -> new Event(name, !isFalse(first(object, "i", "interactive")));
    };
  }

  private static boolean isFalse(@Nullable Object value) {
    return Boolean.FALSE.equals(value) || "false".equals(value);
  }

  private static Action engagement(JsonObject object) throws Complaint {
    Long scroll = Loose.number(object.getValue("sd"));
    Long engaged = Loose.number(object.getValue("e"));
    Integer percent = scroll == null || scroll < 0 ? null : (Integer) (int) Math.min(scroll, 100);
    boolean counts = engaged != null && engaged >= 0 && engaged < MILLIS_OF_MONTH;
    if (percent == null && !counts) {
      throw new Complaint("event_name", NO_ENGAGEMENT);
    }
    long millis = counts && engaged != null ? engaged : 0;
    return new Engagement(
        Duration.ofMillis(Math.min(millis, LONGEST_ENGAGEMENT.toMillis())), percent);
  }

  private static Map<String, String> properties(JsonObject object) throws Complaint {
    JsonObject said = Loose.object(first(object, "m", "meta", "p", "props"));
    Map<String, String> properties = new LinkedHashMap<>();
    for (Map.Entry<String, Object> entry : said == null ? new JsonObject() : said) {
      String value = Loose.filled(entry.getValue());
      if (value == null || entry.getKey().isBlank()) {
        continue;
      }
      if (PlainText.isLonger(entry.getKey(), ROOM.name())
          || PlainText.isLonger(value, ROOM.value())) {
        throw new Complaint("props", "keys should have at most 300 bytes and values 2000 bytes");
      }
      Loose.put(properties, entry.getKey(), value, ROOM);
    }
    return properties;
  }

  private static @Nullable Revenue revenue(JsonObject object) {
    JsonObject said = Loose.object(first(object, "$", "revenue"));
    return said == null ? null : Loose.revenue(said.getValue("amount"), said.getValue("currency"));
  }

  private static @Nullable String referrer(JsonObject object) {
    return first(object, "r", "referrer") instanceof String text
        ? text.substring(0, Math.min(text.length(), LONGEST_URL))
        : null;
  }
}
