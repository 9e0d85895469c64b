package dk.sporlos.seal;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the totals of a day are told apart by. The number is what tables {@code daily} and {@code
 * monthly} know it by. A value is empty where nothing is known, or none was named.
 */
public enum Sealed {
  /** The day as a whole, under one empty value. */
  TOTAL(0, Of.TOTAL, "''"),
  PAGE(1, Of.PAGE, "page.path"),
  HOST(2, Of.HOST, "page.host"),
  ENTRY(3, Of.ENTRY, "page.path"),
  EXIT(4, Of.EXIT, "page.path"),
  /** Hour of the site's clock, as in 09. */
  HOUR(5, Of.HOUR, "to_char(seen.key, 'FM00')"),
  SOURCE(6, Of.REFERRER, "referrer.source"),
  REFERRER(7, Of.REFERRER, "referrer.host || referrer.path"),
  CHANNEL(8, Of.REFERRER, "referrer.channel"),
  UTM_SOURCE(9, Of.CAMPAIGN, "campaign.source"),
  UTM_MEDIUM(10, Of.CAMPAIGN, "campaign.medium"),
  UTM_CAMPAIGN(11, Of.CAMPAIGN, "campaign.name"),
  UTM_CONTENT(12, Of.CAMPAIGN, "campaign.content"),
  UTM_TERM(13, Of.CAMPAIGN, "campaign.term"),
  COUNTRY(14, Of.PLACE, "place.country"),
  REGION(15, Of.PLACE, "place.region"),
  CITY(16, Of.PLACE, "place.city"),
  BROWSER(17, Of.CLIENT, "client.browser"),
  BROWSER_AND_VERSION(18, Of.CLIENT, "client.browser || ' ' || client.browser_version"),
  OS(19, Of.CLIENT, "client.os"),
  OS_AND_VERSION(20, Of.CLIENT, "client.os || ' ' || client.os_version"),
  DEVICE(21, Of.CLIENT, "client.device"),
  SCREEN(22, Of.CLIENT, "client.screen"),
  LANGUAGE(23, Of.CLIENT, "client.language"),
  /** Names of custom events, and {@code pageview}. */
  EVENT(24, Of.EVENT, "coalesce(event_name.name, 'pageview')"),
  ENTRY_HOST(25, Of.ENTRY, "page.host"),
  EXIT_HOST(26, Of.EXIT, "page.host"),
  BROWSER_VERSION(27, Of.CLIENT, "client.browser_version"),
  OS_VERSION(28, Of.CLIENT, "client.os_version"),
  /** Goals by their number. */
  GOAL(29, Of.GOAL, "seen.key::text"),
  /** Name and value of a property that the owner lists, with {@link #SEPARATOR} between. */
  PROPERTY(30, Of.PROPERTY, "seen.key");

  /** Stands in no name of a property and in no value: both are cleaned of control characters. */
  public static final char SEPARATOR = '\u001f';

  /** What a dimension is an attribute of: dimensions of one kind are computed together. */
  enum Of {
    TOTAL("0", ""),
    HOUR(
        "extract(hour from (hour + interval '3599 seconds') at time zone"
            + " (select timezone from site where id = $1))::int",
        ""),
    CLIENT("client_id", dictionary("client")),
    PLACE("place_id", dictionary("place")),
    REFERRER("referrer_id", dictionary("referrer")),
    CAMPAIGN("campaign_id", dictionary("campaign")),
    ENTRY("entry_page", "join sealing_page as page on page.id = seen.key"),
    EXIT("exit_page", "join sealing_page as page on page.id = seen.key"),
    PAGE(null, ""),
    HOST(null, ""),
    EVENT(null, "left join event_name on event_name.site_id = $1 and event_name.id = seen.key"),
    GOAL(null, ""),
    PROPERTY(null, "");

    private final @Nullable String key;
    private final String join;

    Of(@Nullable String key, String join) {
      this.key = key;
      this.join = join;
    }

    private static String dictionary(String table) {
      return "left join %1$s on %1$s.site_id = $1 and %1$s.id = seen.key".formatted(table);
    }

    /** SQL of what visits are gathered by before a text is read; null if steps are. */
    @Nullable String key() {
      return key;
    }

    /** SQL that leads from the key to the row which holds the text. */
    String join() {
      return join;
    }

    List<Sealed> dimensions() {
      return Arrays.stream(Sealed.values()).filter(one -> one.of == this).toList();
    }
  }

  private final int number;
  private final Of of;
  private final String value;

  Sealed(int number, Of of, String value) {
    this.number = number;
    this.of = of;
    this.value = value;
  }

  /** By what tables {@code daily} and {@code monthly} know it. */
  public int number() {
    return number;
  }

  /** SQL of the text, null where there is none. */
  String value() {
    return value;
  }

  /** Whether a visit may be under several values, and began under one of them at most. */
  public boolean ofSteps() {
    return of == Of.PAGE || of == Of.HOST;
  }
}
