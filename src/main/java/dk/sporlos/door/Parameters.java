package dk.sporlos.door;

import dk.sporlos.door.Parameters.Parameter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is read of a query; everything else in it is passed over.
 *
 * @param campaign values of those that name a campaign, decoded, by their names in lower case
 * @param listed those that the site lists, decoded, by name
 * @param clickId name of the first one that says which click led here; empty if there is none
 */
record Parameters(Map<String, String> campaign, List<Parameter> listed, String clickId) {
  static final Parameters NONE = new Parameters(Map.of(), List.of(), "");

  private static final Set<String> OF_CAMPAIGN =
      Set.of(
          "utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term", "ref", "source");

  /**
   * Parameters that advertising services add to links, by their names in lower case: Google,
   * Microsoft, Meta, TikTok, X, LinkedIn, Yandex, Pinterest, Snap, Reddit, Quora, Taboola,
   * Outbrain, Impact, CJ, Awin.
   */
  private static final Map<String, String> CLICK_IDS =
      byLowerCase(
          "gclid",
          "gbraid",
          "wbraid",
          "dclid",
          "msclkid",
          "fbclid",
          "ttclid",
          "twclid",
          "li_fat_id",
          "yclid",
          "epik",
          "ScCid",
          "rdt_cid",
          "qclid",
          "tblci",
          "dicbo",
          "obclid",
          "irclickid",
          "cjevent",
          "awc");

  /** One that the site lists. */
  record Parameter(String name, String value) {}

  private static Map<String, String> byLowerCase(String... names) {
    Map<String, String> byLowerCase = new HashMap<>();
    for (String name : names) {
      byLowerCase.put(name.toLowerCase(Locale.ROOT), name);
    }
    return Map.copyOf(byLowerCase);
  }

  /**
   * Reads queries.
   *
   * @param listed names of those that the site lists
   * @param queries percent-encoded; null where there is none
   */
  static Parameters read(Set<String> listed, @Nullable String... queries) {
    Map<String, String> campaign = new HashMap<>();
    List<Parameter> ofPage = new ArrayList<>();
    String clickId = "";
    for (String query : queries) {
      for (String pair : query == null ? new String[0] : query.split("&", -1)) {
        int equals = pair.indexOf('=');
        String name = PercentDecoding.decode(equals < 0 ? pair : pair.substring(0, equals));
        String lower = name.toLowerCase(Locale.ROOT);
        if (OF_CAMPAIGN.contains(lower)) {
          campaign.putIfAbsent(lower, value(pair, equals));
        }
        if (listed.contains(name)) {
          ofPage.add(new Parameter(name, value(pair, equals)));
        }
        if (clickId.isEmpty()) {
          clickId = CLICK_IDS.getOrDefault(lower, "");
        }
      }
    }
    ofPage.sort(Comparator.comparing(Parameter::name));
    return new Parameters(campaign, ofPage, clickId);
  }

  /** The value of a pair: a plus sign is a space in it, but before a number at its beginning. */
  private static String value(String pair, int equals) {
    if (equals < 0) {
      return "";
    }
    String value = pair.substring(equals + 1);
    boolean plus = value.startsWith("+") && Digits.isDigit(value, 1);
    String spaced = value.replace('+', ' ');
    return PercentDecoding.decode(plus ? "+" + spaced.substring(1) : spaced).strip();
  }
}
