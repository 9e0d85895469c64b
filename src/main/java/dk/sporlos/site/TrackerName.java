package dk.sporlos.site;

import dk.sporlos.settings.Setting;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The name under which a site's script and beacons are served beside {@code /s.js} and {@code /b}:
 * {@code hits} stands for {@code /hits.js} and {@code /hits}. One name for both, since the script
 * has to know where it reports to. Which path lies before it, a proxy decides.
 */
public final class TrackerName {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{1,39}");

  /**
   * What lies at the root of the server already, without its ending, and what may come to lie
   * there.
   */
  private static final Set<String> TAKEN =
      Set.of(
          "account",
          "admin",
          "api",
          "app",
          "assets",
          "badge",
          "consent",
          "count",
          "dashboard",
          "demo",
          "docs",
          "doctor",
          "extras",
          "favicon",
          "groups",
          "health",
          "index",
          "js",
          "link",
          "login",
          "matomo",
          "metrics",
          "page",
          "passkey",
          "people",
          "piwik",
          "privacy",
          "public",
          "rest",
          "robots",
          "script",
          "security",
          "settings",
          "share",
          "sign-in",
          "sign-out",
          "sites",
          "sporlos",
          "static",
          "stats",
          "vitals");

  static final Setting<String> SETTING =
      new Setting<>(
          "tracker-name",
          "",
          TrackerName::parse,
          "name under which script and beacons are served, too, as in hits for /hits.js and /hits",
          "NAME");

  private TrackerName() {}

  /**
   * Reads a name; empty if there is none.
   *
   * @throws IllegalArgumentException with a message for the person who wrote it
   */
  static String parse(String text) {
    String name = text.strip();
    if (!name.isEmpty() && !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is no such name; write 2 to 40 letters a to z, digits and hyphens, as in hits for"
              + " /hits.js and /hits; what path lies before it, collector-url says");
    }
    if (TAKEN.contains(name)) {
      throw new IllegalArgumentException(
          "'" + name + "' is served as something else; choose another, as in hits");
    }
    return name;
  }
}
