package dk.sporlos.demo;

import dk.sporlos.door.Attributes;
import dk.sporlos.door.Campaign;
import dk.sporlos.door.Client;
import dk.sporlos.door.Place;
import dk.sporlos.door.Source;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Where made-up visitors come from, in which country, and with which browser. */
final class DemoAttributes {

  private record Weighted<T>(int weight, T value) {}

  private record Lead(Source source, @Nullable Campaign campaign) {
    static Lead of(String channel, String name, String host, String path) {
      return new Lead(new Source(channel, name, host, path), null);
    }

    static Lead of(String channel, String name, String medium, String campaign, String content) {
      return new Lead(
          new Source(channel, name, "", ""),
          new Campaign(name.toLowerCase(Locale.ROOT), medium, campaign, content, ""));
    }
  }

  private static final List<Weighted<Lead>> LEADS =
      List.of(
          new Weighted<>(30, new Lead(Source.DIRECT, null)),
          new Weighted<>(31, Lead.of("Organic Search", "Google", "google.com", "/")),
          new Weighted<>(4, Lead.of("Organic Search", "Bing", "bing.com", "/")),
          new Weighted<>(3, Lead.of("Organic Search", "DuckDuckGo", "duckduckgo.com", "/")),
          new Weighted<>(1, Lead.of("Organic Search", "Ecosia", "ecosia.org", "/")),
          new Weighted<>(5, Lead.of("Organic Social", "Instagram", "instagram.com", "/")),
          new Weighted<>(4, Lead.of("Organic Social", "Facebook", "facebook.com", "/")),
          new Weighted<>(3, Lead.of("Organic Social", "Pinterest", "pinterest.com", "/")),
          new Weighted<>(1, Lead.of("Organic Social", "Reddit", "reddit.com", "/r/weaving")),
          new Weighted<>(2, Lead.of("AI Assistants", "ChatGPT", "chatgpt.com", "/")),
          new Weighted<>(
              2, Lead.of("Referral", "craft-guild.example", "craft-guild.example", "/members")),
          new Weighted<>(
              1, Lead.of("Referral", "slow-homes.example", "slow-homes.example", "/shops/nordic")),
          new Weighted<>(
              1, Lead.of("Referral", "pottery-days.example", "pottery-days.example", "/2026")),
          new Weighted<>(6, Lead.of("Email", "Newsletter", "email", "autumn-blankets", "header")),
          new Weighted<>(2, Lead.of("Email", "Newsletter", "email", "meet-the-potter", "button")),
          new Weighted<>(4, Lead.of("Paid Search", "Google", "cpc", "wool-blankets", "exact")),
          new Weighted<>(2, Lead.of("Paid Search", "Google", "cpc", "gifts-for-home", "broad")),
          new Weighted<>(
              2, Lead.of("Paid Social", "Instagram", "paid-social", "autumn-blankets", "reel")));

  private static final List<Weighted<Place>> PLACES =
      List.of(
          new Weighted<>(18, new Place("DK", "DK-84", "Copenhagen")),
          new Weighted<>(4, new Place("DK", "DK-84", "Frederiksberg")),
          new Weighted<>(9, new Place("DK", "DK-82", "Aarhus")),
          new Weighted<>(6, new Place("DK", "DK-83", "Odense")),
          new Weighted<>(5, new Place("DK", "DK-81", "Aalborg")),
          new Weighted<>(3, new Place("DK", "DK-85", "Roskilde")),
          new Weighted<>(9, new Place("DK", "", "")),
          new Weighted<>(6, new Place("SE", "SE-AB", "Stockholm")),
          new Weighted<>(4, new Place("SE", "SE-M", "Malmo")),
          new Weighted<>(5, new Place("NO", "NO-03", "Oslo")),
          new Weighted<>(2, new Place("NO", "NO-46", "Bergen")),
          new Weighted<>(6, new Place("DE", "DE-BE", "Berlin")),
          new Weighted<>(4, new Place("DE", "DE-HH", "Hamburg")),
          new Weighted<>(4, new Place("GB", "GB-ENG", "London")),
          new Weighted<>(3, new Place("NL", "NL-NH", "Amsterdam")),
          new Weighted<>(2, new Place("FI", "FI-18", "Helsinki")),
          new Weighted<>(2, new Place("FR", "FR-IDF", "Paris")),
          new Weighted<>(4, new Place("US", "US-NY", "New York")),
          new Weighted<>(1, new Place("US", "US-CA", "San Francisco")),
          new Weighted<>(1, new Place("JP", "JP-13", "Tokyo")),
          new Weighted<>(1, new Place("CA", "CA-ON", "Toronto")),
          new Weighted<>(1, Place.UNKNOWN));

  /** Without its language, which goes with the country. */
  private static final List<Weighted<Client>> CLIENTS =
      List.of(
          new Weighted<>(22, client("Safari", "26", "iOS", "26", "Mobile", "Small")),
          new Weighted<>(6, client("Safari", "18", "iOS", "18", "Mobile", "Small")),
          new Weighted<>(14, client("Chrome", "156", "Android", "16", "Mobile", "Small")),
          new Weighted<>(3, client("Samsung Browser", "29", "Android", "16", "Mobile", "Small")),
          new Weighted<>(3, client("Safari", "26", "iOS", "26", "Tablet", "Medium")),
          new Weighted<>(13, client("Chrome", "156", "Windows", "11", "Desktop", "Extra Large")),
          new Weighted<>(5, client("Chrome", "155", "Windows", "10", "Desktop", "Large")),
          new Weighted<>(8, client("Chrome", "156", "Mac", "26", "Desktop", "Extra Large")),
          new Weighted<>(8, client("Safari", "26", "Mac", "26", "Desktop", "Large")),
          new Weighted<>(8, client("Edge", "156", "Windows", "11", "Desktop", "Extra Large")),
          new Weighted<>(4, client("Firefox", "155", "Windows", "11", "Desktop", "Extra Large")),
          new Weighted<>(3, client("Firefox", "155", "GNU/Linux", "", "Desktop", "Extra Large")),
          new Weighted<>(1, client("Opera", "130", "Windows", "11", "Desktop", "Large")));

  private DemoAttributes() {}

  private static Client client(
      String browser,
      String browserVersion,
      String os,
      String osVersion,
      String device,
      String screen) {
    return new Client(browser, browserVersion, os, osVersion, device, screen, "");
  }

  /** Those of one visit. */
  static Attributes pick(RandomGenerator random) {
    Lead lead = pick(LEADS, random);
    Place place = pick(PLACES, random);
    Client client = pick(CLIENTS, random);
    String language = random.nextInt(10) == 0 ? "en" : language(place.country());
    return new Attributes(
        new Client(
            client.browser(),
            client.browserVersion(),
            client.os(),
            client.osVersion(),
            client.device(),
            client.screen(),
            language),
        place,
        lead.source(),
        lead.campaign());
  }

  private static String language(String country) {
    return switch (country) {
      case "DK" -> "da";
      case "SE" -> "sv";
      case "NO" -> "nb";
      case "DE" -> "de";
      case "NL" -> "nl";
      case "FI" -> "fi";
      case "FR" -> "fr";
      case "JP" -> "ja";
      default -> "en";
    };
  }

  private static <T> T pick(List<Weighted<T>> choices, RandomGenerator random) {
    int left = random.nextInt(choices.stream().mapToInt(Weighted::weight).sum());
    for (Weighted<T> choice : choices) {
      left -= choice.weight();
      if (left < 0) {
        return choice.value();
      }
    }
    throw new IllegalStateException("weights are spent");
  }
}
