package dk.sporlos.bench;

import dk.sporlos.site.SiteId;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The texts of a large site, and how often each is met: pages with a head as 1/n and a long tail,
 * referrers, campaigns, places and clients.
 */
final class BenchSite {
  static final String HOST = "example.com";

  private static final int HEAD = 2_000;
  private static final int TAIL = 50_000;
  private static final int REFERRERS = 200;
  private static final int CAMPAIGNS = 50;
  private static final int COUNTRIES = 60;
  private static final int REGIONS = 4;
  private static final int CLIENTS = 400;

  private static final String[] WORDS = {
    "guide",
    "pris",
    "produkt",
    "artikel",
    "arbejde",
    "forsikring",
    "hus",
    "bil",
    "rejse",
    "opskrift",
    "vejr",
    "sport",
    "kultur",
    "hjaelp",
    "kontakt",
    "maaling"
  };
  private static final String[] BROWSERS = {"Chrome", "Safari", "Firefox", "Edge", "Opera"};
  private static final String[] SYSTEMS = {"Windows", "iOS", "Android", "Mac", "Linux"};
  private static final String[] DEVICES = {"Desktop", "Mobile", "Mobile", "Desktop", "Desktop"};
  private static final String[] SCREENS = {"Small", "Medium", "Large", "Extra Large"};
  private static final String[] LANGUAGES = {"da", "en", "de", "sv"};
  private static final String[] SOURCES = {"Google", "Bing", "DuckDuckGo", "Facebook", "LinkedIn"};
  private static final String[] MEDIA = {"email", "cpc", "paid_social", "banner"};
  static final List<String> EVENTS = List.of("Signup", "Purchase");

  /** Odd, so that it takes each number to another one. */
  private static final long SPREAD = 2_654_435_761L;

  final Zipf head = Zipf.of(HEAD);
  final Zipf tail = Zipf.of(TAIL);
  final Zipf referrers = Zipf.of(REFERRERS);
  final Zipf campaigns = Zipf.of(CAMPAIGNS);
  final Zipf places = Zipf.of(COUNTRIES * REGIONS);
  final Zipf clients = Zipf.of(CLIENTS);

  /** Number of the n-th row of a dictionary, as far from its neighbours as a random one. */
  static int id(int place) {
    return (int) ((place + 1) * SPREAD & Integer.MAX_VALUE);
  }

  /** Number of the n-th page of the tail. */
  static int ofTail(int place) {
    return id(placeInTail(place));
  }

  /** Place among all pages of the n-th of the tail. */
  static int placeInTail(int place) {
    return HEAD + place;
  }

  /** Path of a page by its place; the tail comes after the head. */
  static String path(int place) {
    return "/%s/%s-%d"
        .formatted(WORDS[place % WORDS.length], WORDS[place / 7 % WORDS.length], place);
  }

  /** Fills the dictionaries of a site. */
  static void fill(Pool pool, SiteId site) {
    insert(pool, site, "page", HEAD + TAIL, place -> new String[] {HOST, path(place)});
    insert(pool, site, "event_name", EVENTS.size(), place -> new String[] {EVENTS.get(place)});
    insert(pool, site, "referrer", REFERRERS, BenchSite::referrer);
    insert(pool, site, "campaign", CAMPAIGNS, BenchSite::campaign);
    insert(pool, site, "place", COUNTRIES * REGIONS, BenchSite::place);
    insert(pool, site, "client", CLIENTS, BenchSite::client);
  }

  private static String[] referrer(int place) {
    return place < SOURCES.length
        ? new String[] {"Organic Search", SOURCES[place], host(SOURCES[place]), ""}
        : new String[] {
          "Referral", "site-" + place + ".example", "site-" + place + ".example", "/"
        };
  }

  private static String host(String source) {
    return source.toLowerCase(Locale.ROOT) + ".com";
  }

  private static String[] campaign(int place) {
    String medium = MEDIA[place % MEDIA.length];
    return new String[] {"newsletter-" + place % 7, medium, "campaign-" + place, "", ""};
  }

  private static String[] place(int place) {
    String country = Locale.getISOCountries()[(place / REGIONS * 7 + 57) % 249];
    int region = place % REGIONS;
    return new String[] {
      country, country + "-" + (80 + region), region == 0 ? "City " + place : ""
    };
  }

  private static String[] client(int place) {
    int system = place / 2 % SYSTEMS.length;
    return new String[] {
      BROWSERS[place % BROWSERS.length],
      Integer.toString(120 + place % 20),
      SYSTEMS[system],
      Integer.toString(10 + place % 3),
      DEVICES[system],
      SCREENS[place % SCREENS.length],
      LANGUAGES[place / 20 % LANGUAGES.length]
    };
  }

  private static void insert(
      Pool pool, SiteId site, String table, int rows, IntFunction<String[]> texts) {
    int columns = texts.apply(0).length;
    StringBuilder arrays = new StringBuilder("$2::int[]");
    Tuple parameters =
        Tuple.of(site.value())
            .addArrayOfInteger(
                IntStream.range(0, rows).mapToObj(BenchSite::id).toArray(Integer[]::new));
    for (int column = 0; column < columns; column++) {
      int wanted = column;
      arrays.append(", $").append(column + 3).append("::text[]");
      parameters.addArrayOfString(
          IntStream.range(0, rows)
              .mapToObj(place -> texts.apply(place)[wanted])
              .toArray(String[]::new));
    }
    pool.preparedQuery(
            "insert into %s select $1, * from unnest(%s) on conflict do nothing"
                .formatted(table, arrays))
        .execute(parameters)
        .await();
  }

  /** Every text of a dictionary's n-th row, for whoever tells it in words. */
  static List<String> words(String table, int place) {
    String[] texts =
        switch (table) {
          case "referrer" -> referrer(place);
          case "place" -> place(place);
          case "client" -> client(place);
          default -> throw new IllegalArgumentException(table);
        };
    return Arrays.asList(texts);
  }
}
