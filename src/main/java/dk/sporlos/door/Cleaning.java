package dk.sporlos.door;

import dk.sporlos.door.Parameters.Parameter;
import dk.sporlos.site.PathPattern;
import dk.sporlos.site.ReferrerDetail;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes of a beacon's addresses and texts what says which page it was and what led there, and
 * nothing about who read it.
 *
 * <p>Addresses are decoded. Of a query remain campaigns, the names of click ids, and what the site
 * lists; of a fragment its path, where that names the page. In what is left a placeholder stands
 * for each {@link Trace}. Everything fits the tables: no control characters, and each text within
 * its length in UTF-8, cut between two characters.
 */
final class Cleaning {
  private static final int LONGEST_PAGE = 2_000;

  /** Host and path; a row of table {@code referrer} has two names beside them. */
  private static final int LONGEST_REFERRER = 1_700;

  /** Each of five; a row of table {@code campaign} has no more than 2,000 bytes. */
  private static final int LONGEST_OF_CAMPAIGN = 300;

  /** Where an address within an address has a query or a fragment with parameters. */
  private static final Pattern NESTED_QUERY = Pattern.compile("[?#][\\w.\\[\\]-]{1,60}=");

  private final Site site;
  private final Beacon beacon;
  private final Traces traces = new Traces();

  private Cleaning(Site site, Beacon beacon) {
    this.site = site;
    this.beacon = beacon;
  }

  /** What is kept of a beacon's texts. */
  static Cleaned clean(Site site, Beacon beacon) {
    return new Cleaning(site, beacon).clean();
  }

  /** The path that names a page, decoded but not cleaned. */
  static String path(Url url, SiteSettings settings) {
    String path = PercentDecoding.decode(url.path()).stripTrailing();
    String route = settings.hashRouting() ? route(url) : "";
    String whole = (path.isEmpty() ? "/" : path) + route;
    return whole.startsWith("/") ? whole : "/" + whole;
  }

  /** The path in a fragment with its number sign; empty if the fragment names no page. */
  private static String route(Url url) {
    String fragment = url.fragment();
    if (fragment == null) {
      return "";
    }
    int question = fragment.indexOf('?');
    String route =
        PercentDecoding.decode(question < 0 ? fragment : fragment.substring(0, question));
    boolean isPath = route.startsWith("/") || route.startsWith("!/");
    return isPath ? "#" + route.stripTrailing() : "";
  }

  private static @Nullable String queryOfRoute(Url url, SiteSettings settings) {
    String fragment = url.fragment();
    int question = fragment == null ? -1 : fragment.indexOf('?');
    return fragment == null || question < 0 || !settings.hashRouting()
        ? null
        : fragment.substring(question + 1);
  }

  private Cleaned clean() {
    SiteSettings settings = site.settings();
    Url url = beacon.url();
    String ofRoute = queryOfRoute(url, settings);
    Parameters parameters =
        url.query() == null && ofRoute == null
            ? Parameters.NONE
            : Parameters.read(settings.queryParameters(), url.query(), ofRoute);
    Page page = page(parameters);
    return new Cleaned(page, action(), origin(parameters), properties(), traces.found());
  }

  private Page page(Parameters parameters) {
    SiteSettings settings = site.settings();
    String host = harmlessHost(beacon.url().host());
    String path = path(beacon.url(), settings);
    int longest = LONGEST_PAGE - host.length();
    PathPattern group = settings.groupedPaths().find(path);
    if (group != null) {
      return new Page(host, group.text());
    }
    if (settings.keptPaths().match(path)) {
      String kept = path + listed(parameters);
      return new Page(host, PlainText.cut(kept, longest).stripTrailing());
    }
    String cleaned = addressed(path) + listed(parameters);
    return new Page(host, fitting(cleaned, longest));
  }

  /** The parameters that are part of the page, in the order of their names. */
  private String listed(Parameters parameters) {
    StringBuilder listed = new StringBuilder();
    for (Parameter parameter : parameters.listed()) {
      listed
          .append(listed.isEmpty() ? '?' : '&')
          .append(parameter.name())
          .append('=')
          .append(addressed(parameter.value()));
    }
    return listed.toString();
  }

  private Action action() {
    return beacon.action() instanceof Action.Event event
        ? new Action.Event(said(event.name(), /* bare= */ false), event.interactive())
        : beacon.action();
  }

  private Origin origin(Parameters parameters) {
    Origin referrer = referrer();
    boolean campaigns = site.privacy().campaigns();
    return new Origin(
        referrer.host(),
        site.privacy().referrer() == ReferrerDetail.PATH ? referrer.path() : "",
        campaigns ? campaign(parameters.campaign()) : null,
        campaigns ? parameters.clickId() : "");
  }

  /** The page that led here; none if that is a page of the site. */
  private Origin referrer() {
    String text = beacon.referrer();
    if (text == null || text.isEmpty()) {
      return Origin.NONE;
    }
    Url url = Url.parse(text);
    String named = url == null ? Url.hostOf(text) : url.host();
    boolean isName = named != null && !isNumeric(named) && (url != null || named.indexOf('.') > 0);
    if (named == null || !isName || named.equals(beacon.url().host()) || site.hasPagesOn(named)) {
      return Origin.NONE;
    }
    String host = harmlessHost(named);
    String path = url == null || host.isEmpty() ? "" : url.path().isEmpty() ? "/" : url.path();
    String cleaned = addressed(PercentDecoding.decode(path).stripTrailing());
    return new Origin(host, fitting(cleaned, LONGEST_REFERRER - host.length()), null, "");
  }

  private static boolean isNumeric(String host) {
    return host.startsWith("[") || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }

  /** A host without those of its first labels that hold a trace. */
  private String harmlessHost(String host) {
    Traces uncounted = new Traces();
    String rest = host;
    while (!uncounted.replace(rest).equals(rest)) {
      rest = rest.indexOf('.') < 0 ? "" : rest.substring(rest.indexOf('.') + 1);
    }
    if (!rest.equals(host)) {
      traces.replace(host);
    }
    return rest;
  }

  private @Nullable Campaign campaign(Map<String, String> values) {
    if (values.isEmpty()) {
      return null;
    }
    String source = named(values, "utm_source");
    if (source.isEmpty()) {
      source = named(values, "ref");
    }
    if (source.isEmpty()) {
      source = named(values, "source");
    }
    Campaign campaign =
        new Campaign(
            source,
            named(values, "utm_medium"),
            named(values, "utm_campaign"),
            named(values, "utm_content"),
            named(values, "utm_term"));
    return campaign.equals(Campaign.NONE) ? null : campaign;
  }

  private String named(Map<String, String> values, String name) {
    String value = values.get(name);
    return value == null ? "" : fitting(addressed(value), LONGEST_OF_CAMPAIGN);
  }

  private Map<String, String> properties() {
    if (beacon.properties().isEmpty()
        || beacon.action() instanceof Action.Engagement
        || beacon.action() instanceof Action.Vitals) {
      return Map.of();
    }
    Map<String, String> properties = new HashMap<>();
    beacon
        .properties()
        .forEach(
            (name, value) -> {
              if (PersonNames.include(name) || !said(name, true).equals(name)) {
                traces.count(Trace.PROPERTY);
              } else {
                properties.put(name, said(value, /* bare= */ true));
              }
            });
    return properties;
  }

  /** A decoded part of an address without the traces and the nested query in it. */
  private String addressed(String text) {
    return traces.replace(withoutNestedQuery(text));
  }

  private static String withoutNestedQuery(String text) {
    if (text.indexOf('=') < 0) {
      return text;
    }
    var query = NESTED_QUERY.matcher(text);
    return query.find() ? text.substring(0, query.start()) : text;
  }

  /** A text of the website's own, which is decoded only if that brings a trace to light. */
  private String said(String text, boolean bare) {
    String decoded = PercentDecoding.decode(text);
    String replaced = bare ? traces.replaceAll(decoded) : traces.replace(decoded);
    return replaced.equals(decoded) ? text : replaced;
  }

  /** A cleaned text within a length; what is cut off may leave a trace that was none before. */
  private String fitting(String text, int bytes) {
    String cut = PlainText.cut(text, bytes);
    return (cut.length() == text.length() ? text : traces.replace(cut)).stripTrailing();
  }
}
