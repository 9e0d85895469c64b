package dk.sporlos.privacy;

import dk.sporlos.site.Accountability;
import dk.sporlos.site.Privacy;
import dk.sporlos.site.Profile;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteSettings;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a site's texts are made of, by name. Values are what settings say, in the words of settings.
 *
 * @param byName empty values are those of which nobody has said anything
 */
record Facts(Map<String, String> byName) {

  /** What shapes a policy but is no setting: not logged as a change of one. */
  private static final String SAID = "said";

  Facts {
    byName = Map.copyOf(byName);
  }

  /**
   * Those of a site.
   *
   * @param accountability what holds for it, the installation's word included
   */
  static Facts of(Site site, Accountability accountability) {
    Map<String, String> facts = new LinkedHashMap<>(settings(site, accountability));
    SiteSettings settings = site.settings();
    facts.put("domain", site.domain());
    facts.put("officer", accountability.officer().isEmpty() ? "un" + SAID : SAID);
    facts.put("purpose-said", accountability.purpose().isEmpty() ? "no" : "yes");
    facts.put("recipients-said", said(accountability.recipients(), "none"));
    facts.put("backups", said(accountability.backups(), "0"));
    facts.put("recipients", String.join("; ", accountability.recipientNames()));
    facts.put("query-parameters", settings.queryParameters().isEmpty() ? "none" : "some");
    facts.put("query-parameter-names", facts.get("query-parameters-kept"));
    facts.put("keep-paths", settings.keptPaths().patterns().isEmpty() ? "none" : "some");
    facts.put("visits", site.privacy().visitDays() == 0 ? "sealed" : "kept");
    facts.put("cookie-name", "__Host-sporlos-" + site.publicId());
    facts.put("optout-name", "__Host-sporlos-optout");
    facts.put("authority", authority(site.profile()));
    facts.put("rights-url", accountability.collector() + "/privacy?site=" + encoded(site));
    facts.put(
        "changes-url",
        accountability.collector() + "/privacy/policy/changes?site=" + encoded(site));
    facts.put("changed", "");
    facts.put("changed-said", "no");
    return new Facts(facts);
  }

  /** The settings that shape the policy, by name: what a change of is logged. */
  static Map<String, String> settings(Site site, Accountability accountability) {
    Privacy privacy = site.privacy();
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("profile", site.profile().label());
    settings.put("cookie", label(privacy.cookie()));
    settings.put("cookie-life", label(privacy.cookieLife()));
    settings.put("cookie-days", String.valueOf(privacy.cookieDays()));
    settings.put("recognition", label(privacy.recognising()));
    settings.put("address-for-recognition", label(privacy.address()));
    settings.put("campaigns", privacy.campaigns() ? "on" : "off");
    settings.put("referrer", label(privacy.referrer()));
    settings.put("place", label(privacy.place()));
    settings.put("signals", label(privacy.signals()));
    settings.put("visits-kept", String.valueOf(privacy.visitDays()));
    settings.put("totals-kept", String.valueOf(privacy.totalMonths()));
    settings.put(
        "query-parameters-kept",
        String.join(", ", site.settings().queryParameters().stream().sorted().toList()));
    settings.put("keeps-paths", site.settings().keptPaths().patterns().isEmpty() ? "no" : "yes");
    settings.putAll(accountability.byName());
    return settings;
  }

  /** The same with one more. */
  Facts with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(byName);
    more.put(name, value);
    return new Facts(more);
  }

  /**
   * The fact of a name.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  String get(String name) {
    String value = byName.get(name);
    if (value == null) {
      throw new IllegalArgumentException("there is no fact '" + name + "'");
    }
    return value;
  }

  private static String said(String text, String none) {
    if (text.isEmpty()) {
      return "un" + SAID;
    }
    return text.equals(none) ? "none" : "some";
  }

  private static String authority(Profile profile) {
    return switch (profile) {
      case CNIL -> "cnil";
      case UK -> "ico";
      case DK, STRICT -> "datatilsynet";
    };
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String encoded(Site site) {
    return URLEncoder.encode(site.domain(), StandardCharsets.UTF_8);
  }
}
