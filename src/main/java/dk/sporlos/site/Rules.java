package dk.sporlos.site;

import dk.sporlos.settings.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What each profile says of each setting of privacy, and by which rule. */
public final class Rules {
  private Rules() {}

  private static final String DANISH_ORDER =
      "executive order 1148/2011 (cookiebekendtgørelsen) § 3: a cookie for statistics needs consent";
  private static final String CNIL_COOKIE =
      "CNIL deliberation 2020-091, art. 50: at most 13 months, not prolonged by new visits";
  private static final String CNIL_PURPOSE =
      "CNIL deliberation 2020-091, art. 50–51: measuring the audience of one publisher alone";
  private static final String CNIL_KEPT =
      "CNIL deliberation 2020-091, art. 50: what is collected is kept 25 months at most";
  private static final String UK_STATISTICS =
      "PECR schedule A1 (Data (Use and Access) Act 2025): statistics, with information and opt-out";
  private static final String MINIMISATION = "GDPR art. 5(1)(c): no more data than needed";
  private static final String LIMITATION = "GDPR art. 5(1)(e): kept no longer than needed";
  private static final String OBJECTION =
      "GDPR art. 21(5): an objection may be made by automated means";
  private static final String IDENTIFYING =
      "GDPR recital 26: a small figure may single out who is behind it";
  private static final String POLICY =
      "the profile's promise: deleted a couple of months after the last visit";
  private static final String NO_READING =
      "EDPB guidelines 2/2023: nothing is read from the browser to tell visitors apart";

  /** What a profile says of a setting, and the rule behind it. */
  public record Rule(String value, String source) {}

  /**
   * Where a site allows more than its profile does.
   *
   * @param value what holds instead of what the rule says
   */
  public record Departure(Setting<?> setting, String value, Rule rule) {

    /** The departure in one line, for who decides about it. */
    public String words() {
      return "%s = %s leaves %s: %s".formatted(setting.name(), value, rule.value(), rule.source());
    }
  }

  private static final Map<Profile, Map<String, Rule>> RULES =
      Map.of(
          Profile.DK,
          table()
              .put(Privacy.COOKIE, "consent", DANISH_ORDER)
              .put(Privacy.COOKIE_LIFE, "sliding", POLICY)
              .put(Privacy.COOKIE_DAYS, "60", POLICY)
              .put(Privacy.RECOGNITION, "day-key", MINIMISATION)
              .put(Privacy.ADDRESS_FOR_RECOGNITION, "cut", MINIMISATION)
              .put(Privacy.CAMPAIGNS, "on", MINIMISATION)
              .put(Privacy.REFERRER, "path", MINIMISATION)
              .put(Privacy.PLACE, "region", MINIMISATION)
              .put(Privacy.SIGNALS, "obey", OBJECTION)
              .put(Privacy.ROUNDING, "5", IDENTIFYING)
              .put(Privacy.VISITS_KEPT, "180", LIMITATION)
              .put(Privacy.TOTALS_KEPT, "25", LIMITATION)
              .rules(),
          Profile.CNIL,
          table()
              .put(Privacy.COOKIE, "on", CNIL_PURPOSE)
              .put(Privacy.COOKIE_LIFE, "fixed", CNIL_COOKIE)
              .put(Privacy.COOKIE_DAYS, "60", CNIL_COOKIE)
              .put(Privacy.RECOGNITION, "day-key", CNIL_PURPOSE)
              .put(Privacy.ADDRESS_FOR_RECOGNITION, "cut", CNIL_PURPOSE)
              .put(Privacy.CAMPAIGNS, "off", CNIL_PURPOSE)
              .put(Privacy.REFERRER, "host", CNIL_PURPOSE)
              .put(Privacy.PLACE, "country", CNIL_PURPOSE)
              .put(Privacy.SIGNALS, "obey", OBJECTION)
              .put(Privacy.ROUNDING, "10", IDENTIFYING)
              .put(Privacy.VISITS_KEPT, "30", LIMITATION)
              .put(Privacy.TOTALS_KEPT, "25", CNIL_KEPT)
              .rules(),
          Profile.UK,
          table()
              .put(Privacy.COOKIE, "on", UK_STATISTICS)
              .put(Privacy.COOKIE_LIFE, "sliding", POLICY)
              .put(Privacy.COOKIE_DAYS, "60", POLICY)
              .put(Privacy.RECOGNITION, "day-key", UK_STATISTICS)
              .put(Privacy.ADDRESS_FOR_RECOGNITION, "cut", MINIMISATION)
              .put(Privacy.CAMPAIGNS, "on", MINIMISATION)
              .put(Privacy.REFERRER, "path", MINIMISATION)
              .put(Privacy.PLACE, "region", MINIMISATION)
              .put(Privacy.SIGNALS, "obey", UK_STATISTICS)
              .put(Privacy.ROUNDING, "5", IDENTIFYING)
              .put(Privacy.VISITS_KEPT, "90", LIMITATION)
              .put(Privacy.TOTALS_KEPT, "25", LIMITATION)
              .rules(),
          Profile.STRICT,
          table()
              .put(Privacy.COOKIE, "off", NO_READING)
              .put(Privacy.COOKIE_LIFE, "sliding", POLICY)
              .put(Privacy.COOKIE_DAYS, "60", POLICY)
              .put(Privacy.RECOGNITION, "none", NO_READING)
              .put(Privacy.ADDRESS_FOR_RECOGNITION, "cut", NO_READING)
              .put(Privacy.CAMPAIGNS, "off", MINIMISATION)
              .put(Privacy.REFERRER, "host", MINIMISATION)
              .put(Privacy.PLACE, "country", MINIMISATION)
              .put(Privacy.SIGNALS, "obey", OBJECTION)
              .put(Privacy.ROUNDING, "10", IDENTIFYING)
              .put(Privacy.VISITS_KEPT, "0", LIMITATION)
              .put(Privacy.TOTALS_KEPT, "25", LIMITATION)
              .rules());

  /** What a profile says of a setting; null if the setting is none of privacy. */
  public static @Nullable Rule of(Profile profile, Setting<?> setting) {
    return of(profile).get(setting.name());
  }

  /** What a profile says, by name of the setting. */
  static Map<String, Rule> of(Profile profile) {
    return Objects.requireNonNull(RULES.get(profile), "every profile has its rules");
  }

  /**
   * Where a site allows more than its profile.
   *
   * @param texts what is said about the site, by name of the setting
   */
  public static List<Departure> departures(Profile profile, Map<String, String> texts) {
    List<Departure> departures = new ArrayList<>();
    for (Setting<?> setting : Privacy.ALL) {
      String said = texts.get(setting.name());
      Rule rule = Objects.requireNonNull(of(profile, setting), "every setting has its rule");
      if (said != null && allowsMore(setting, said, rule.value())) {
        departures.add(new Departure(setting, said, rule));
      }
    }
    return departures;
  }

  private static boolean allowsMore(Setting<?> setting, String said, String ruled) {
    int more;
    try {
      more = exposure(setting, said) - exposure(setting, ruled);
    } catch (IllegalArgumentException unreadable) {
      return false;
    }
    // A cookie that lives otherwise lives longer in one way or the other.
    return setting.equals(Privacy.COOKIE_LIFE) ? more != 0 : more > 0;
  }

  /** How much a value of a setting gives away: the choices of each stand in that order. */
  private static int exposure(Setting<?> setting, String text) {
    Object value = setting.parse().apply(text);
    if (value instanceof Integer number) {
      return setting.equals(Privacy.ROUNDING) ? -number : number;
    }
    if (value instanceof Boolean on) {
      return on ? 1 : 0;
    }
    Enum<?> choice = (Enum<?>) Objects.requireNonNull(value, "parsers return what they read");
    return List.of(choice.getDeclaringClass().getEnumConstants()).indexOf(choice);
  }

  private static Table table() {
    return new Table(new LinkedHashMap<>());
  }

  private record Table(Map<String, Rule> rules) {
    <T> Table put(Setting<T> setting, String value, String source) {
      Objects.requireNonNull(setting.parse().apply(value), "a profile says what can be read");
      rules.put(setting.name(), new Rule(value, source));
      return this;
    }
  }
}
