package dk.sporlos.door;

import dk.sporlos.door.Action.Engagement;
import dk.sporlos.door.Action.Event;
import dk.sporlos.door.Action.PageView;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What was done and what is said of it, under the keys of a dialect.
 *
 * @param nameKey of the name: {@code pageview}, {@code engagement}, or a custom event's
 * @param interactiveKey of whether an event ends a bounce
 * @param engagedKey of engaged milliseconds
 * @param scrollKey of scroll percent
 * @param propertiesKey of the object of properties
 * @param revenueKey of the object of amount and currency
 * @param longestEngagement as which a longer one counts
 */
record ActionFields(
    String nameKey,
    String interactiveKey,
    String engagedKey,
    String scrollKey,
    String propertiesKey,
    String revenueKey,
    Duration longestEngagement) {
  private static final int LONGEST_NAME = 120;
  private static final int MOST_PROPERTIES = 30;
  private static final int LONGEST_PROPERTY_NAME = 300;
  private static final int LONGEST_PROPERTY_VALUE = 2_000;
  private static final int AMOUNT_SCALE = 6;

  private static final String PAGE_VIEW = "pageview";
  private static final String ENGAGEMENT = "engagement";

  private static final Pattern AMOUNT = Pattern.compile("-?[0-9]{1,15}(\\.[0-9]{1,6})?");
  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

  /** What happened; a page view if nothing is named. */
  Action action(Fields fields) {
    String name = fields.text(nameKey, Integer.MAX_VALUE);
    if (name == null || name.equals(PAGE_VIEW)) {
      return new PageView();
    }
    if (name.equals(ENGAGEMENT)) {
      return engagement(fields);
    }
    String plain = PlainText.of(name).strip();
    if (plain.isEmpty()) {
      fields.complain(
          "`" + nameKey + "` is empty; name what happened, or leave it out for a page view.");
    }
    if (plain.codePointCount(0, plain.length()) > LONGEST_NAME) {
      fields.complain(
          String.format(
              Locale.ROOT, "`%s` must be at most %d characters long.", nameKey, LONGEST_NAME));
    }
    return new Event(plain, !Boolean.FALSE.equals(fields.flag(interactiveKey)));
  }

  private Action engagement(Fields fields) {
    Engagement engagement = engaged(fields);
    if (engagement == null) {
      fields.complain(
          "An engagement needs `%s`, engaged milliseconds, or `%s`, scroll percent."
              .formatted(engagedKey, scrollKey));
    }
    return engagement == null ? new Engagement(Duration.ZERO, null) : engagement;
  }

  /** What is said of how long the page was looked at and how far; null if nothing is. */
  @Nullable Engagement engaged(Fields fields) {
    Integer milliseconds = fields.count(engagedKey, (int) longestEngagement.toMillis());
    Integer scroll = fields.count(scrollKey, 100);
    if (milliseconds == null && scroll == null) {
      return null;
    }
    return new Engagement(
        milliseconds == null ? Duration.ZERO : Duration.ofMillis(milliseconds), scroll);
  }

  /** What the website says of it, as plain text. */
  Map<String, String> properties(Fields fields) {
    JsonObject object = fields.object(propertiesKey);
    if (object == null) {
      return Map.of();
    }
    if (object.size() > MOST_PROPERTIES) {
      fields.complain(
          String.format(
              Locale.ROOT,
              "`%s` must have at most %d properties.",
              propertiesKey,
              MOST_PROPERTIES));
      return Map.of();
    }
    Map<String, String> properties = new HashMap<>();
    object.forEach(entry -> putProperty(properties, entry.getKey(), entry.getValue(), fields));
    return properties;
  }

  private void putProperty(
      Map<String, String> properties, String name, @Nullable Object value, Fields fields) {
    if (value == null) {
      return;
    }
    if (!(value instanceof String || value instanceof Number || value instanceof Boolean)) {
      fields.complain(
          "Each value in `" + propertiesKey + "` must be a string, a number, true or false.");
      return;
    }
    String plainName = PlainText.of(name).strip();
    String plainValue = PlainText.of(value.toString());
    if (plainName.isEmpty() || PlainText.utf8Length(plainName) > LONGEST_PROPERTY_NAME) {
      fields.complain(
          String.format(
              Locale.ROOT,
              "Each name in `%s` must be 1 to %d bytes long.",
              propertiesKey,
              LONGEST_PROPERTY_NAME));
    }
    if (PlainText.utf8Length(plainValue) > LONGEST_PROPERTY_VALUE) {
      fields.complain(
          String.format(
              Locale.ROOT,
              "Each value in `%s` must be at most %,d bytes long.",
              propertiesKey,
              LONGEST_PROPERTY_VALUE));
    }
    properties.put(plainName, plainValue);
  }

  /** What it is worth; null if nothing is said. */
  @Nullable Revenue revenue(Fields fields) {
    JsonObject object = fields.object(revenueKey);
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
      fields.complain(
          "`" + revenueKey + "` must be like {\"amount\": 12.50, \"currency\": \"DKK\"}.");
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
