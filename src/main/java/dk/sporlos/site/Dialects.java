package dk.sporlos.site;

import dk.sporlos.settings.Setting;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The trackers of other products from which a site takes beacons, and what those products called
 * it.
 *
 * @param taken none unless the operator says so
 * @param matomoId number of the site in Matomo; empty if it had none
 * @param umamiId UUID of the website in Umami, in lower case; empty if it had none
 * @param goatCounterHost host at which GoatCounter counted it, in canonical spelling; empty if
 *     there was none
 */
public record Dialects(
    Set<Dialect> taken, String matomoId, String umamiId, String goatCounterHost) {
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");
  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", Pattern.CASE_INSENSITIVE);

  public static final Setting<Set<Dialect>> TAKEN =
      new Setting<>(
          "dialects",
          "",
          Dialects::dialects,
          "other products whose trackers are understood: plausible, umami, matomo, goatcounter",
          "NAMES");

  public static final Setting<String> MATOMO_ID =
      new Setting<>(
          "matomo-id", "", Dialects::matomo, "the site's number in Matomo, as in 3", "NUMBER");

  public static final Setting<String> UMAMI_ID =
      new Setting<>("umami-id", "", Dialects::umami, "the website's id in Umami", "UUID");

  public static final Setting<String> GOATCOUNTER_HOST =
      new Setting<>(
          "goatcounter-host",
          "",
          Dialects::goatCounter,
          "host at which GoatCounter counted the site, as in code.example.com",
          "HOST");

  static final List<Setting<?>> ALL = List.of(TAKEN, MATOMO_ID, UMAMI_ID, GOATCOUNTER_HOST);

  public Dialects {
    taken = Set.copyOf(taken);
  }

  static Dialects read(SiteSettings.Texts said) {
    return new Dialects(
        said.value(TAKEN),
        said.value(MATOMO_ID),
        said.value(UMAMI_ID),
        said.value(GOATCOUNTER_HOST));
  }

  /** Whether beacons in a dialect are taken; our own always. */
  public boolean include(Dialect dialect) {
    return dialect == Dialect.SPORLOS || taken.contains(dialect);
  }

  /** What the product of a dialect called the site, if not by its domain; empty if nothing. */
  public String idIn(Dialect dialect) {
    return switch (dialect) {
      case SPORLOS, PLAUSIBLE -> "";
      case UMAMI -> umamiId;
      case MATOMO -> matomoId;
      case GOATCOUNTER -> goatCounterHost;
    };
  }

  /** The setting that holds it; null where sites go by their domains. */
  public static @Nullable Setting<String> idSetting(Dialect dialect) {
    return switch (dialect) {
      case SPORLOS, PLAUSIBLE -> null;
      case UMAMI -> UMAMI_ID;
      case MATOMO -> MATOMO_ID;
      case GOATCOUNTER -> GOATCOUNTER_HOST;
    };
  }

  /** Dialects as the setting holds them. */
  public static String written(Set<Dialect> dialects) {
    return dialects.stream().sorted().map(Dialect::label).collect(Collectors.joining(","));
  }

  private static Set<Dialect> dialects(String text) {
    return Set.copyOf(Listed.parse(text, Dialect::parse));
  }

  private static String matomo(String text) {
    String number = text.strip();
    if (!number.isEmpty() && !NUMBER.matcher(number).matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no number of a site in Matomo; write it as in 3");
    }
    return number;
  }

  private static String umami(String text) {
    String id = text.strip();
    if (!id.isEmpty() && !UUID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no id of a website in Umami; copy the UUID of its data-website-id");
    }
    return id.toLowerCase(Locale.ROOT);
  }

  private static String goatCounter(String text) {
    return text.isBlank() ? "" : Domain.parse(text);
  }
}
