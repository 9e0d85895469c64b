package dk.sporlos.stats;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The attributes that every site has. */
public enum Dimension implements Attribute {
  /** Name of a goal that a step reaches; a step may reach several. */
  EVENT_GOAL("event:goal", Of.GOAL, "({goals})[reached.goal]"),
  /** Path of a page viewed. */
  EVENT_PAGE("event:page", Of.STEP, "page.path"),
  /** Host of a page viewed. */
  EVENT_HOSTNAME("event:hostname", Of.STEP, "page.host"),
  /** Name of a custom event; that of a page view is {@code pageview}. */
  EVENT_NAME("event:name", Of.NAME, "coalesce(event_name.name, 'pageview')"),
  /** Path of the first page viewed. A visit without a page view is in no row. */
  VISIT_ENTRY_PAGE("visit:entry_page", Of.ENTRY, "entry.path"),
  /** Path of the last page viewed. A visit without a page view is in no row. */
  VISIT_EXIT_PAGE("visit:exit_page", Of.EXIT, "exit.path"),
  VISIT_ENTRY_PAGE_HOSTNAME("visit:entry_page_hostname", Of.ENTRY, "entry.host"),
  VISIT_EXIT_PAGE_HOSTNAME("visit:exit_page_hostname", Of.EXIT, "exit.host"),
  VISIT_SOURCE("visit:source", Of.REFERRER, orElse("referrer.source", "Direct / None")),
  VISIT_CHANNEL("visit:channel", Of.REFERRER, orElse("referrer.channel", "Direct")),
  /** Host and path of the page that led here. */
  VISIT_REFERRER(
      "visit:referrer", Of.REFERRER, orElse("referrer.host || referrer.path", "Direct / None")),
  VISIT_UTM_MEDIUM("visit:utm_medium", Of.CAMPAIGN, orNotSet("campaign.medium")),
  VISIT_UTM_SOURCE("visit:utm_source", Of.CAMPAIGN, orNotSet("campaign.source")),
  VISIT_UTM_CAMPAIGN("visit:utm_campaign", Of.CAMPAIGN, orNotSet("campaign.name")),
  VISIT_UTM_CONTENT("visit:utm_content", Of.CAMPAIGN, orNotSet("campaign.content")),
  VISIT_UTM_TERM("visit:utm_term", Of.CAMPAIGN, orNotSet("campaign.term")),
  VISIT_DEVICE("visit:device", Of.CLIENT, orNotSet("client.device")),
  VISIT_SCREEN("visit:screen", Of.CLIENT, orNotSet("client.screen")),
  VISIT_BROWSER("visit:browser", Of.CLIENT, orNotSet("client.browser")),
  VISIT_BROWSER_VERSION("visit:browser_version", Of.CLIENT, orNotSet("client.browser_version")),
  VISIT_OS("visit:os", Of.CLIENT, orNotSet("client.os")),
  VISIT_OS_VERSION("visit:os_version", Of.CLIENT, orNotSet("client.os_version")),
  /** Base language, a code of ISO 639. */
  VISIT_LANGUAGE("visit:language", Of.CLIENT, orNotSet("client.language")),
  /** A code of ISO 3166-1; empty if it is not known. */
  VISIT_COUNTRY("visit:country", Of.PLACE, "coalesce(place.country, '')"),
  /** A code of ISO 3166-2; empty if it is not known. */
  VISIT_REGION("visit:region", Of.PLACE, "coalesce(place.region, '')"),
  /** Name of a city, for that is what is kept; empty if it is not known. */
  VISIT_CITY("visit:city", Of.PLACE, "coalesce(place.city, '')"),
  /** English name of a country. */
  VISIT_COUNTRY_NAME(
      "visit:country_name", Of.PLACE, "coalesce({countries} ->> place.country, place.country, '')"),
  /** English name of a region; its code where it has none. */
  VISIT_REGION_NAME(
      "visit:region_name", Of.PLACE, "coalesce({regions} ->> place.region, place.region, '')"),
  VISIT_CITY_NAME("visit:city_name", Of.PLACE, "coalesce(place.city, '')"),
  /** The one of the dimensions below that suits the range; see {@link Period#bucket()}. */
  TIME("time", Of.TIME, ""),
  /*
   * A visit's hour is cut off under the offset at which it began. Where the clock changes by half
   * an hour, that instant may lie before the change and show another hour; the last second of the
   * hour always shows the right one.
   */
  TIME_HOUR(
      "time:hour",
      Of.TIME,
      "date_trunc('hour', ({visit}.hour + interval '3599 seconds') at time zone {zone})"),
  TIME_DAY("time:day", Of.TIME, "{visit}.day"),
  /** Monday of the week. */
  TIME_WEEK("time:week", Of.TIME, "{visit}.day - (extract(isodow from {visit}.day)::int - 1)"),
  /** First day of the month. */
  TIME_MONTH("time:month", Of.TIME, "{visit}.day - (extract(day from {visit}.day)::int - 1)");

  /** What a dimension is an attribute of, and the dictionary that holds its values. */
  enum Of {
    STEP("page", "page", "{step}.page_id", Missing.IN_NO_ROW),
    NAME("event_name", "event_name", "coalesce({step}.name_id, 0)", Missing.EMPTY),
    ENTRY("page", "entry", "coalesce({visit}.entry_page, 0)", Missing.IN_NO_ROW),
    EXIT("page", "exit", "coalesce({visit}.exit_page, 0)", Missing.IN_NO_ROW),
    CLIENT("client", "client", "coalesce({visit}.client_id, 0)", Missing.EMPTY),
    PLACE("place", "place", "coalesce({visit}.place_id, 0)", Missing.EMPTY),
    REFERRER("referrer", "referrer", "coalesce({visit}.referrer_id, 0)", Missing.EMPTY),
    CAMPAIGN("campaign", "campaign", "coalesce({visit}.campaign_id, 0)", Missing.EMPTY),
    GOAL("", "", "", Missing.IN_NO_ROW),
    TIME("", "", "", Missing.IN_NO_ROW);

    private enum Missing {
      IN_NO_ROW,
      EMPTY
    }

    private final String table;
    private final String alias;
    private final String key;
    private final Missing missing;

    Of(String table, String alias, String key, Missing missing) {
      this.table = table;
      this.alias = alias;
      this.key = key;
      this.missing = missing;
    }

    /** SQL of the number of the row that holds the values; 0 if none does. */
    String key() {
      return key;
    }

    /** Whether it is in a table of its own. */
    boolean hasDictionary() {
      return !table.isEmpty();
    }

    /** Whether it tells the steps of one visit apart. */
    boolean ofSteps() {
      return this == STEP || this == NAME || this == GOAL;
    }

    /** Whether a hit without a visit has it. */
    boolean ofLoneHits() {
      return this != ENTRY && this != EXIT;
    }

    /** SQL that adds the values to a visit or step. */
    String join() {
      if (!hasDictionary()) {
        return "";
      }
      return "\n        %s %s as %s on %3$s.site_id = $1 and %3$s.id = %s"
          .formatted(missing == Missing.EMPTY ? "left join" : "join", table, alias, key);
    }

    /** SQL of all rows, and one of which nothing is known. */
    String rows() {
      return "(select %1$s.* from %1$s where site_id = $1 union all select (null::%1$s).*) as %2$s"
          .formatted(table, alias);
    }

    /** SQL of the number of one of these rows. */
    String id() {
      return "coalesce(" + alias + ".id, 0)";
    }
  }

  private static final Map<String, Dimension> DIMENSIONS_BY_WORD =
      Arrays.stream(values()).collect(Collectors.toMap(Dimension::word, Function.identity()));

  private final String word;
  private final Of of;
  private final String value;

  Dimension(String word, Of of, String value) {
    this.word = word;
    this.of = of;
    this.value = value;
  }

  private static String orNotSet(String value) {
    return orElse(value, "(not set)");
  }

  private static String orElse(String value, String shown) {
    return "coalesce(nullif(%s, ''), '%s')".formatted(value, shown);
  }

  static @Nullable Dimension named(String word) {
    return DIMENSIONS_BY_WORD.get(word);
  }

  @Override
  public String word() {
    return word;
  }

  Of of() {
    return of;
  }

  @Override
  public boolean ofSteps() {
    return of.ofSteps();
  }

  @Override
  public boolean ofTime() {
    return of == Of.TIME;
  }

  /**
   * SQL of its value. What stands in braces is for {@link SqlText} to fill in.
   *
   * <p>Texts are compared byte by byte, so that equal rows stand in the same order everywhere.
   */
  String expression() {
    return ofTime() ? value : value + " collate \"C\"";
  }

  /** SQL that says, for a page, whether the visit's first page has the same value. */
  String entered() {
    return value + " = " + value.replace("page.", "first_page.");
  }
}
