package dk.sporlos.door;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What browsers never say of a beacon in the headers that they set themselves. */
final class BrowserHeaders {

  /*
   * https://www.w3.org/TR/fetch-metadata/: a script's fetch and sendBeacon have destination "empty"
   * and mode cors, no-cors or same-origin; an image has destination "image". Pages cannot set these
   * headers. Programs that wear a browser's headers mostly wear those of a navigation.
   *
   * Nothing is made of headers that are absent: browsers send Sec-Fetch-* to https and localhost
   * alone, Safari only since 16.4, Firefox since 90, and some proxies take them away. Nothing is made
   * of values that are not known, since there will be new ones, nor of Sec-Fetch-Site: extensions
   * of browsers send "none" for what others do not.
   */
  private static final CharSequence MODE = HttpHeaders.createOptimized("Sec-Fetch-Mode");

  private static final CharSequence DESTINATION = HttpHeaders.createOptimized("Sec-Fetch-Dest");
  private static final CharSequence USER = HttpHeaders.createOptimized("Sec-Fetch-User");
  private static final CharSequence UPGRADE =
      HttpHeaders.createOptimized("Upgrade-Insecure-Requests");
  private static final CharSequence BRANDS = HttpHeaders.createOptimized("Sec-CH-UA");

  private static final Set<String> OTHER_MODES = Set.of("navigate", "websocket");
  private static final Set<String> OTHER_DESTINATIONS =
      Set.of(
          "audio",
          "audioworklet",
          "document",
          "embed",
          "font",
          "frame",
          "iframe",
          "manifest",
          "object",
          "paintworklet",
          "report",
          "script",
          "serviceworker",
          "sharedworker",
          "style",
          "track",
          "video",
          "worker",
          "xslt");

  private BrowserHeaders() {}

  /** Whether the headers are not those of a page's beacon in a browser that a person uses. */
  static boolean contradict(MultiMap headers) {
    return OTHER_MODES.contains(value(headers.get(MODE)))
        || OTHER_DESTINATIONS.contains(value(headers.get(DESTINATION)))
        // Both are of navigations alone
        // (https://www.w3.org/TR/upgrade-insecure-requests/#preference).
        || headers.contains(USER)
        || headers.contains(UPGRADE)
        || value(headers.get(BRANDS)).contains("headless");
  }

  private static String value(@Nullable String header) {
    return header == null ? "" : header.strip().toLowerCase(Locale.ROOT);
  }
}
