package dk.sporlos.door;

import dk.sporlos.door.Action.Engagement;
import dk.sporlos.door.Action.Event;
import dk.sporlos.door.Action.PageView;
import dk.sporlos.site.Dialect;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code /matomo.php} as the trackers of Matomo ask for it
 * (https://developer.matomo.org/api-reference/tracking-api): parameters in the query and in a form,
 * or many requests in JSON. Numbers of visitors, users and orders are passed over.
 */
final class MatomoDecoder implements DialectDecoder {
  private static final int MOST_OF_BULK = 1_000;
  private static final int LONGEST_NAME = 120;
  private static final int LONGEST_AGENT = 4_000;
  private static final int WIDEST_SCREEN = 65_535;
  private static final Loose.Room ROOM = new Loose.Room(30, 300, 2_000);

  private static final Pattern VISITOR = Pattern.compile("[0-9a-fA-F]{16}");
  private static final Pattern RESOLUTION = Pattern.compile("([0-9]{1,5})x[0-9]{1,5}");
  private static final Pattern DIMENSION = Pattern.compile("dimension[1-9][0-9]{0,2}");
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  /** Names of parameters of campaigns, as they were from Piwik on. */
  private static final Map<String, String> CAMPAIGNS = campaigns();

  private static Map<String, String> campaigns() {
    Map<String, String> names = new LinkedHashMap<>();
    for (String prefix : List.of("mtm", "pk", "matomo", "piwik")) {
      names.put(prefix + "_campaign", "utm_campaign");
      names.put(prefix + "_cpn", "utm_campaign");
      names.put(prefix + "_source", "utm_source");
      names.put(prefix + "_medium", "utm_medium");
      names.put(prefix + "_content", "utm_content");
      names.put(prefix + "_keyword", "utm_term");
      names.put(prefix + "_kwd", "utm_term");
    }
    return Map.copyOf(names);
  }

  @Override
  public Message decode(Sent sent) {
    Object json = sent.json();
    if (json instanceof JsonObject object && object.getValue("requests") instanceof JsonArray all) {
      return bulk(object, all, sent);
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    JsonObject form = json == null ? sent.form() : null;
    if (form != null) {
      form.forEach(entry -> parameters.put(entry.getKey(), String.valueOf(entry.getValue())));
    }
    parameters.putAll(QueryText.read(sent.query()));
    Decoded item = item(parameters, parameters.get("token_auth"), sent.referrer());
    return new Message(List.of(item), false, "0".equals(parameters.get("send_image")));
  }

  private static Message bulk(JsonObject object, JsonArray requests, Sent sent) {
    if (requests.size() > MOST_OF_BULK) {
      return new Message(
          List.of(wrong("requests", "Send at most 1,000 requests at once.")), true, false);
    }
    String token = Loose.filled(object.getValue("token_auth"));
    List<Decoded> items = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      Map<String, String> parameters = parameters(requests.getValue(i));
      String own = parameters.get("token_auth");
      items.add(item(parameters, own == null ? token : own, sent.referrer()));
    }
    boolean quiet = "0".equals(Loose.text(object.getValue("send_image")));
    return new Message(items, /* bulk= */ true, quiet);
  }

  private static Map<String, String> parameters(@Nullable Object request) {
    if (request instanceof String text) {
      return QueryText.read(text.substring(text.indexOf('?') + 1));
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    if (request instanceof JsonObject object) {
      object.forEach(
          entry -> {
            String value = Loose.text(entry.getValue());
            if (value != null) {
              parameters.put(entry.getKey(), value);
            }
          });
    }
    return parameters;
  }

  private static Decoded wrong(String subject, String detail) {
    return new Decoded.Unreadable(subject, detail);
  }

  private static Decoded item(
      Map<String, String> parameters, @Nullable String token, @Nullable String referrer) {
    Integer site = Loose.within(parameters.get("idsite"), 1, 999_999_999);
    if (site == null) {
      return wrong("idsite", "`idsite` must be the site's number.");
    }
    String visitor = parameters.get("cid");
    if (visitor != null && !visitor.isEmpty() && !VISITOR.matcher(visitor).matches()) {
      return wrong("cid", "`cid` must be 16 hexadecimal digits.");
    }
    Action action = "1".equals(parameters.get("rec")) ? action(parameters) : null;
    if (action == null) {
      return new Decoded.Uncounted(Dialect.MATOMO, site.toString());
    }
    String address = Loose.filled(parameters.get("url"));
    Url url = Url.parse(address == null ? String.valueOf(referrer) : address);
    if (url == null) {
      return wrong("url", "`url` must be the absolute address of the page.");
    }
    OnBehalf onBehalf = onBehalf(parameters, token);
    if (onBehalf == null) {
      return wrong("cip", "`cip` must be an address, and `cdt` a time in UTC.");
    }
    return new Beacon(
        Dialect.MATOMO,
        site.toString(),
        url.withQuery(QueryText.renamed(url.query(), CAMPAIGNS)),
        action,
        parameters.get("urlref"),
        properties(parameters, action),
        /* revenue= */ null,
        width(parameters),
        /* consent= */ null,
        /* driven= */ false,
        /* nonce= */ null,
        Duration.ZERO,
        onBehalf);
  }

  /** What happened; null if it is nothing that is counted. */
  private static @Nullable Action action(Map<String, String> parameters) {
    if ("1".equals(parameters.get("ping"))) {
      return new Engagement(Duration.ZERO, null);
    }
    if (parameters.containsKey("e_c") || parameters.containsKey("e_a")) {
      return event(parameters.get("e_a"));
    }
    if (parameters.containsKey("link")) {
      return event("Outbound Link: Click");
    }
    if (parameters.containsKey("download")) {
      return event("File Download");
    }
    if (parameters.containsKey("search")) {
      return event("Site Search");
    }
    if (parameters.containsKey("idgoal")) {
      Integer goal = Loose.within(parameters.get("idgoal"), 1, 999_999);
      boolean ordered = parameters.containsKey("ec_id");
      return event(goal != null ? "Goal " + goal : ordered ? "Order" : "Cart Update");
    }
    boolean other = parameters.containsKey("c_n") || "1".equals(parameters.get("ca"));
    return other ? null : new PageView();
  }

  private static @Nullable Action event(@Nullable String text) {
    String name = Loose.name(text, LONGEST_NAME);
    return name == null ? null : new Event(name, true);
  }

  private static Map<String, String> properties(Map<String, String> parameters, Action action) {
    Map<String, String> properties = new LinkedHashMap<>();
    if (action instanceof Event) {
      Loose.put(properties, "category", parameters.get("e_c"), ROOM);
      // One called "name" would be taken for a person's.
      Loose.put(properties, "label", parameters.get("e_n"), ROOM);
      Loose.put(properties, "value", parameters.get("e_v"), ROOM);
      Loose.put(properties, "url", parameters.get("link"), ROOM);
      Loose.put(properties, "url", parameters.get("download"), ROOM);
      Loose.put(properties, "keyword", parameters.get("search"), ROOM);
      Loose.put(properties, "category", parameters.get("search_cat"), ROOM);
      Loose.put(properties, "results", parameters.get("search_count"), ROOM);
      // In which currency it is, only the settings of Matomo knew.
      Loose.put(properties, "revenue", parameters.get("revenue"), ROOM);
    }
    parameters.forEach(
        (name, value) -> {
          if (DIMENSION.matcher(name).matches()) {
            Loose.put(properties, name, value, ROOM);
          }
        });
    putVariables(properties, parameters.get("cvar"));
    putVariables(properties, parameters.get("e_cvar"));
    return properties;
  }

  /**
   * Custom variables of an action: {@code {"1": ["name", "value"]}}. Those of a visit are not kept.
   */
  private static void putVariables(Map<String, String> properties, @Nullable String text) {
    JsonObject variables = text == null ? null : Loose.object(text);
    if (variables == null) {
      return;
    }
    for (Map.Entry<String, Object> entry : variables) {
      if (entry.getValue() instanceof JsonArray pair && pair.size() == 2) {
        String name = Loose.filled(pair.getValue(0));
        Loose.put(properties, name == null ? "" : name, Loose.text(pair.getValue(1)), ROOM);
      }
    }
  }

  private static @Nullable Integer width(Map<String, String> parameters) {
    Matcher resolution = RESOLUTION.matcher(parameters.getOrDefault("res", ""));
    return resolution.matches() ? Loose.within(resolution.group(1), 1, WIDEST_SCREEN) : null;
  }

  /** Null if what is said is no address, or no time. */
  private static @Nullable OnBehalf onBehalf(
      Map<String, String> parameters, @Nullable String token) {
    String ip = Loose.filled(parameters.get("cip"));
    String time = Loose.filled(parameters.get("cdt"));
    Address address = ip == null ? null : Address.parse(ip);
    Instant at = time == null ? null : moment(time);
    if ((ip != null && address == null) || (time != null && at == null)) {
      return null;
    }
    String agent = Loose.filled(parameters.get("ua"));
    return new OnBehalf(
        address,
        agent == null ? null : Sender.bounded(agent, LONGEST_AGENT),
        Loose.filled(parameters.get("lang")),
        at,
        token == null || token.isBlank() ? null : token.strip());
  }

  private static @Nullable Instant moment(String text) {
    Instant seconds = Loose.moment(text);
    if (seconds != null) {
      return seconds;
    }
    try {
      return LocalDateTime.parse(text, MOMENT).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException noTime) {
      return null;
    }
  }
}
