package dk.sporlos.site;

import dk.sporlos.settings.Setting;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What holds at a site for the privacy of its visitors: its profile's settings, and what the
 * operator says otherwise.
 *
 * @param cookie when a browser is given a cookie
 * @param cookieLife how long a cookie lives
 * @param cookieDays days for which a sliding cookie outlives the last visit, from 1 to 180
 * @param recognising how visitors without a cookie are recognised
 * @param address what is recognised of an address
 * @param campaigns whether campaigns are kept
 * @param referrer how much is kept of the page that led here
 * @param place how closely it is kept where visitors are
 * @param signals whether Global Privacy Control and Do Not Track are obeyed
 * @param rounding to multiples of which figures are rounded for outsiders; 1 for exact ones
 * @param visitDays days for which rows of visits are kept; 0 where a day is sealed at once
 * @param totalMonths months for which totals are kept
 */
public record Privacy(
    CookieRule cookie,
    CookieLife cookieLife,
    int cookieDays,
    Recognising recognising,
    AddressUse address,
    boolean campaigns,
    ReferrerDetail referrer,
    PlaceDetail place,
    Signals signals,
    int rounding,
    int visitDays,
    int totalMonths) {

  /** Months after the first visit at which every cookie ends. */
  public static final int COOKIE_MONTHS = 13;

  public static final Setting<CookieRule> COOKIE =
      choice("cookie", CookieRule.class, "when a browser is given a cookie");

  public static final Setting<CookieLife> COOKIE_LIFE =
      choice(
          "cookie-life",
          CookieLife.class,
          "whether each visit prolongs the cookie, or it ends 13 months after the first");

  public static final Setting<Integer> COOKIE_DAYS =
      number("cookie-days", 1, 180, "days for which a sliding cookie outlives the last visit");

  public static final Setting<Recognising> RECOGNITION =
      choice("recognition", Recognising.class, "how visitors without a cookie are recognised");

  public static final Setting<AddressUse> ADDRESS_FOR_RECOGNITION =
      choice(
          "address-for-recognition",
          AddressUse.class,
          "how much of an address tells visitors apart, in memory only; cut counts some 2 % fewer"
              + " than full at 1,000 browsers a day and 7 % at 10,000 (simulated)");

  public static final Setting<Boolean> CAMPAIGNS =
      new Setting<>(
          "campaigns", null, Privacy::onOrOff, "whether campaigns (utm_…) are kept", "on|off");

  public static final Setting<ReferrerDetail> REFERRER =
      choice("referrer", ReferrerDetail.class, "how much is kept of the page that led here");

  public static final Setting<PlaceDetail> PLACE =
      choice(
          "place",
          PlaceDetail.class,
          "how closely it is kept where visitors are, as far as the database of places knows");

  public static final Setting<Signals> SIGNALS =
      choice(
          "signals", Signals.class, "what Global Privacy Control and Do Not Track of a browser do");

  public static final Setting<Integer> ROUNDING =
      number("rounding", 1, 1_000, "to multiples of which outsiders see figures; 1 for exact ones");

  public static final Setting<Integer> VISITS_KEPT =
      number("visits-kept", 0, 3_650, "days for which visits are kept; 0 to keep totals alone");

  public static final Setting<Integer> TOTALS_KEPT =
      number("totals-kept", 1, 1_200, "months for which totals are kept");

  /** Every one of these settings. */
  public static final List<Setting<?>> ALL =
      List.of(
          COOKIE,
          COOKIE_LIFE,
          COOKIE_DAYS,
          RECOGNITION,
          ADDRESS_FOR_RECOGNITION,
          CAMPAIGNS,
          REFERRER,
          PLACE,
          SIGNALS,
          ROUNDING,
          VISITS_KEPT,
          TOTALS_KEPT);

  static Privacy read(SiteSettings.Texts said) {
    return new Privacy(
        said.value(COOKIE),
        said.value(COOKIE_LIFE),
        said.value(COOKIE_DAYS),
        said.value(RECOGNITION),
        said.value(ADDRESS_FOR_RECOGNITION),
        said.value(CAMPAIGNS),
        said.value(REFERRER),
        said.value(PLACE),
        said.value(SIGNALS),
        said.value(ROUNDING),
        said.value(VISITS_KEPT),
        said.value(TOTALS_KEPT));
  }

  /** A setting whose fallback is the profile's. */
  private static <E extends Enum<E>> Setting<E> choice(
      String name, Class<E> type, String description) {
    List<E> values = List.of(type.getEnumConstants());
    String labels = values.stream().map(Privacy::label).collect(Collectors.joining("|"));
    return new Setting<>(
        name,
        null,
        text ->
            values.stream()
                .filter(value -> label(value).equals(text.strip()))
                .findFirst()
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "'" + text + "' is no such choice; write " + words(labels))),
        description,
        labels);
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String words(String labels) {
    List<String> words = Arrays.asList(labels.split("\\|"));
    int last = words.size() - 1;
    return String.join(", ", words.subList(0, last)) + " or " + words.get(last);
  }

  private static Setting<Integer> number(String name, int least, int most, String description) {
    Function<String, Integer> parse =
        text -> {
          if (!text.strip().matches("[0-9]{1,6}")) {
            throw outside(text, least, most);
          }
          int number = Integer.parseInt(text.strip());
          if (number < least || number > most) {
            throw outside(text, least, most);
          }
          return number;
        };
    return new Setting<>(name, null, parse, description, "NUMBER");
  }

  private static IllegalArgumentException outside(String text, int least, int most) {
    return new IllegalArgumentException(
        "'" + text + "' is outside its range; write a number from " + least + " to " + most);
  }

  static Boolean onOrOff(String text) {
    return switch (text.strip()) {
      case "on", "true", "yes" -> true;
      case "off", "false", "no" -> false;
      default -> throw new IllegalArgumentException("'" + text + "' is neither; write on or off");
    };
  }
}
