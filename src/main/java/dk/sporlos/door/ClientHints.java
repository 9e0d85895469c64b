package dk.sporlos.door;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a browser says of itself in headers of their own (User-Agent Client Hints), as sent; each is
 * empty where it says nothing.
 *
 * @param brands header {@code Sec-CH-UA}
 * @param mobile header {@code Sec-CH-UA-Mobile}
 * @param platform header {@code Sec-CH-UA-Platform}
 * @param platformVersion header {@code Sec-CH-UA-Platform-Version}, which browsers send only where
 *     the page lets them
 */
record ClientHints(String brands, String mobile, String platform, String platformVersion) {

  /** Nothing is said. */
  static final ClientHints NONE = new ClientHints("", "", "", "");

  private static final int LONGEST_BRANDS = 300;
  private static final int LONGEST_OTHER = 40;

  private static final CharSequence BRANDS = HttpHeaders.createOptimized("Sec-CH-UA");
  private static final CharSequence MOBILE = HttpHeaders.createOptimized("Sec-CH-UA-Mobile");
  private static final CharSequence PLATFORM = HttpHeaders.createOptimized("Sec-CH-UA-Platform");
  private static final CharSequence PLATFORM_VERSION =
      HttpHeaders.createOptimized("Sec-CH-UA-Platform-Version");

  private static final Pattern BRAND =
      Pattern.compile("\"([^\"]*)\"\\s*;\\s*v=\"([0-9]{1,3})(?:\\.[0-9.]*)?\"");

  /** A browser that the hints name, and its major version. */
  record Brand(String name, String version) {}

  ClientHints {
    Objects.requireNonNull(brands, "brands");
    Objects.requireNonNull(mobile, "mobile");
    Objects.requireNonNull(platform, "platform");
    Objects.requireNonNull(platformVersion, "platformVersion");
  }

  static ClientHints of(MultiMap headers) {
    String brands = Sender.bounded(headers.get(BRANDS), LONGEST_BRANDS);
    String platform = Sender.bounded(headers.get(PLATFORM), LONGEST_OTHER);
    if (brands.isEmpty() && platform.isEmpty()) {
      return NONE;
    }
    return new ClientHints(
        brands,
        Sender.bounded(headers.get(MOBILE), LONGEST_OTHER),
        platform,
        Sender.bounded(headers.get(PLATFORM_VERSION), LONGEST_OTHER));
  }

  /** The browsers named, one of which is an invention that nobody should look for. */
  List<Brand> named() {
    List<Brand> named = new ArrayList<>();
    Matcher brand = BRAND.matcher(brands);
    while (brand.find()) {
      named.add(new Brand(brand.group(1), brand.group(2)));
    }
    return named;
  }

  /** Whether the device is one to hold in a hand; null if nothing is said. */
  @Nullable Boolean isMobile() {
    return switch (mobile) {
      case "?1" -> true;
      case "?0" -> false;
      default -> null;
    };
  }

  /** The operating system without its quotes. */
  String platformName() {
    return unquoted(platform);
  }

  /** The major version of the platform; -1 if nothing is said. */
  int platformMajor() {
    Matcher number = Pattern.compile("([0-9]{1,4})(?:\\..*)?").matcher(unquoted(platformVersion));
    return number.matches() ? Integer.parseInt(number.group(1)) : -1;
  }

  private static String unquoted(String text) {
    boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
    return quoted ? text.substring(1, text.length() - 1) : text;
  }

  @Override
  public String toString() {
    return "ClientHints";
  }
}
