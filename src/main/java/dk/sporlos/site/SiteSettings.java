package dk.sporlos.site;

import dk.sporlos.settings.Network;
import dk.sporlos.settings.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the operator says about a site.
 *
 * @param hosts on which its pages are, beside its domain and the domain's subdomains
 * @param localhost whether pages on a developer's own machine count
 * @param excludedPages paths of pages that do not count
 * @param excludedNetworks from where nothing counts, such as the operator's own
 * @param queryParameters names of those parameters of a page's query that are part of the page
 * @param keptPaths paths that are kept as they are, whatever they may hold
 * @param groupedPaths paths that are kept as the pattern they look like
 * @param hashRouting whether the fragment of an address names the page
 * @param open whether anybody may see its rounded figures
 * @param prometheus whether its rounded figures are among the metrics
 * @param privacy what holds for the privacy of its visitors
 * @param rate beacons a second that are taken; 0 where the installation's limit holds
 * @param quota beacons a day that are taken; 0 where the installation's limit holds
 * @param tracker the name under which its script and beacons are served, too; empty for none
 * @param dialects the trackers of other products from which it takes beacons
 * @param accountability who answers for it, as far as it is not the installation's word that holds
 */
public record SiteSettings(
    HostNames hosts,
    boolean localhost,
    PathPatterns excludedPages,
    List<Network> excludedNetworks,
    Set<String> queryParameters,
    PathPatterns keptPaths,
    PathPatterns groupedPaths,
    boolean hashRouting,
    boolean open,
    boolean prometheus,
    Privacy privacy,
    int rate,
    int quota,
    String tracker,
    Dialects dialects,
    Accountability accountability) {

  public static final Setting<HostNames> HOSTS =
      new Setting<>(
          "hosts",
          "",
          HostNames::parse,
          "hosts beside the domain and its subdomains, as in example.org,*.example.net",
          "HOSTS");

  public static final Setting<Boolean> LOCALHOST =
      new Setting<>(
          "localhost",
          "off",
          Privacy::onOrOff,
          "whether pages on localhost, 127.0.0.1, [::1], *.local and in files count",
          "on|off");

  public static final Setting<PathPatterns> EXCLUDED_PAGES =
      new Setting<>(
          "excluded-pages",
          "",
          PathPatterns::parse,
          "pages that do not count, as in /admin/**,/user/*/edit",
          "PATTERNS");

  public static final Setting<List<Network>> EXCLUDED_NETWORKS =
      new Setting<>(
          "excluded-networks",
          "",
          Network::parseAll,
          "networks whose visits do not count, as in 192.0.2.0/24,2001:db8::/32",
          "NETWORKS");

  public static final Setting<Set<String>> QUERY_PARAMETERS =
      new Setting<>(
          "query-parameters",
          "",
          SiteSettings::parameters,
          "query parameters that are part of the page, as in q,category",
          "NAMES");

  public static final Setting<PathPatterns> KEEP_PATHS =
      new Setting<>(
          "keep-paths",
          "",
          PathPatterns::parse,
          "pages whose paths are kept as they are, also if they hold an identifier",
          "PATTERNS");

  public static final Setting<PathPatterns> GROUP_PATHS =
      new Setting<>(
          "group-paths",
          "",
          PathPatterns::parse,
          "pages that are counted as one, as in /product/*",
          "PATTERNS");

  public static final Setting<Boolean> HASH_ROUTING =
      new Setting<>(
          "hash-routing",
          "off",
          Privacy::onOrOff,
          "whether the part after # names the page",
          "on|off");

  public static final Setting<Boolean> PUBLIC =
      new Setting<>(
          "public",
          "off",
          Privacy::onOrOff,
          "whether anybody may see its rounded figures, at /public/DOMAIN and on a badge",
          "on|off");

  public static final Setting<Boolean> PROMETHEUS =
      new Setting<>(
          "prometheus",
          "off",
          Privacy::onOrOff,
          "whether Prometheus is shown its rounded figures, by the operator's /metrics",
          "on|off");

  public static final Setting<Integer> RATE =
      new Setting<>(
          "rate",
          "",
          number(1_000_000, "100"),
          "beacons a second that are taken; the installation's limit unless set",
          "NUMBER");

  public static final Setting<Integer> QUOTA =
      new Setting<>(
          "quota",
          "",
          number(Integer.MAX_VALUE, "1000000"),
          "beacons a day that are taken; the installation's limit unless set",
          "NUMBER");

  /** Every setting of a site. */
  public static final List<Setting<?>> ALL =
      Stream.of(
              Stream.<Setting<?>>of(
                  HOSTS,
                  LOCALHOST,
                  EXCLUDED_PAGES,
                  EXCLUDED_NETWORKS,
                  QUERY_PARAMETERS,
                  KEEP_PATHS,
                  GROUP_PATHS,
                  HASH_ROUTING,
                  PUBLIC,
                  PROMETHEUS,
                  RATE,
                  QUOTA,
                  TrackerName.SETTING),
              Privacy.ALL.stream(),
              Dialects.ALL.stream(),
              Accountability.ALL.stream())
          .<Setting<?>>flatMap(settings -> settings)
          .toList();

  /** Those of a site of which nothing is said. */
  public static final SiteSettings DEFAULT = read(Profile.DK, Map.of(), unreadable -> {});

  public SiteSettings {
    excludedNetworks = List.copyOf(excludedNetworks);
    queryParameters = Set.copyOf(queryParameters);
  }

  /**
   * Reads what is stored.
   *
   * @param profile what holds for privacy where nothing is said
   * @param texts by name of the setting; names that are unknown are passed over
   * @param unreadable hears of each setting whose text has no meaning; its fallback holds
   */
  public static SiteSettings read(
      Profile profile, Map<String, String> texts, Consumer<Setting<?>> unreadable) {
    Texts said = new Texts(profile, texts, unreadable);
    return new SiteSettings(
        said.value(HOSTS),
        said.value(LOCALHOST),
        said.value(EXCLUDED_PAGES),
        said.value(EXCLUDED_NETWORKS),
        said.value(QUERY_PARAMETERS),
        said.value(KEEP_PATHS),
        said.value(GROUP_PATHS),
        said.value(HASH_ROUTING),
        said.value(PUBLIC),
        said.value(PROMETHEUS),
        Privacy.read(said),
        said.value(RATE),
        said.value(QUOTA),
        said.value(TrackerName.SETTING),
        Dialects.read(said),
        Accountability.of(said::value));
  }

  /**
   * The setting of a name.
   *
   * @throws IllegalArgumentException with a message that names those there are
   */
  public static Setting<?> named(String name) {
    Map<String, Setting<?>> byName = new LinkedHashMap<>();
    ALL.forEach(setting -> byName.put(setting.name(), setting));
    Setting<?> setting = byName.get(name);
    if (setting == null) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "' is no setting of a site; there are "
              + String.join(", ", byName.keySet()));
    }
    return setting;
  }

  /**
   * What holds for a setting of a site of which nothing is said, as a person would write it.
   *
   * @return empty where nothing holds
   */
  public static String fallback(Profile profile, Setting<?> setting) {
    Rules.Rule rule = Rules.of(profile, setting);
    String fallback = rule == null ? setting.fallback() : rule.value();
    return fallback == null ? "" : fallback;
  }

  /** What is stored, to be read one setting after the other. */
  record Texts(Profile profile, Map<String, String> byName, Consumer<Setting<?>> unreadable) {

    /** What a setting says; its fallback where nothing is said that can be read. */
    <T> T value(Setting<T> setting) {
      String text = byName.get(setting.name());
      if (text != null) {
        try {
          return setting.parse().apply(text);
        } catch (IllegalArgumentException meaningless) {
          unreadable.accept(setting);
        }
      }
      return setting.parse().apply(fallback(profile, setting));
    }
  }

  private static Set<String> parameters(String text) {
    return Set.copyOf(Listed.parse(text, SiteSettings::parameter));
  }

  private static String parameter(String text) {
    if (!text.matches("[\\p{L}\\p{N}_.\\[\\]-]{1,60}")) {
      throw new IllegalArgumentException(
          "'" + text + "' is no name of a query parameter; write names alone, as in q,category");
    }
    return text;
  }

  private static Function<String, Integer> number(int greatest, String example) {
    return text -> {
      if (text.isBlank()) {
        return 0;
      }
      @Nullable Integer number = wholeNumber(text.strip());
      if (number == null || number < 1 || number > greatest) {
        throw new IllegalArgumentException(
            "'"
                + text
                + "' is no such number; write one from 1 to "
                + greatest
                + ", as in "
                + example);
      }
      return number;
    };
  }

  private static @Nullable Integer wholeNumber(String text) {
    try {
      return Integer.valueOf(text);
    } catch (NumberFormatException notANumber) {
      return null;
    }
  }
}
