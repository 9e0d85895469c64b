package dk.sporlos.door;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * With what a visitor came, as a line of an import says it. Empty where it says nothing.
 *
 * @param screen a class, or a width in CSS pixels, or width and height as in {@code 1920x1080}
 * @param language as in {@code da-DK}
 */
record ImportedClient(
    String browser,
    String browserVersion,
    String os,
    String osVersion,
    String device,
    String screen,
    String language) {

  /** The keys of a line that say it. */
  static final List<String> KEYS =
      List.of("browser", "browser_version", "os", "os_version", "device", "screen", "language");

  /*
   * Whatever other tools call a browser is taken, as long as it is a name: an agent string, which has
   * slashes and brackets, is none. Of versions the first number is kept, as everywhere.
   */
  private static final Pattern NAME = Pattern.compile("[\\p{L}][\\p{L}\\p{N} .+&'-]{0,39}");
  private static final Pattern VERSION = Pattern.compile("([0-9]{1,4})(?:[._ -].{0,30})?");
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,5})(?:\\s*[x×]\\s*[0-9]{1,5})?");
  private static final List<String> DEVICES =
      List.of("Desktop", "Mobile", "Tablet", "TV", "Console");

  /** Reads the keys of a line; what cannot be kept is complained of. */
  static ImportedClient read(Fields fields) {
    return new ImportedClient(
        name(fields, "browser"),
        version(fields, "browser_version"),
        name(fields, "os"),
        version(fields, "os_version"),
        device(fields),
        screen(fields),
        Languages.first(text(fields, "language")));
  }

  /** In coarse classes, as they are kept. */
  Client client() {
    return new Client(browser, browserVersion, os, osVersion, device, screen, language);
  }

  private static String text(Fields fields, String key) {
    @Nullable String text = fields.text(key, 100);
    return text == null ? "" : PlainText.of(text).strip();
  }

  private static String name(Fields fields, String key) {
    String name = text(fields, key);
    if (!name.isEmpty() && !NAME.matcher(name).matches()) {
      fields.complain("`" + key + "` must be a name of at most 40 letters, as in Firefox.");
    }
    return name;
  }

  private static String version(Fields fields, String key) {
    String version = text(fields, key);
    Matcher matcher = VERSION.matcher(version);
    if (!version.isEmpty() && !matcher.matches()) {
      fields.complain("`" + key + "` must be a version such as \"141\"; the first number is kept.");
      return "";
    }
    return version.isEmpty() ? "" : matcher.group(1);
  }

  private static String device(Fields fields) {
    String device = text(fields, "device");
    for (String known : DEVICES) {
      if (known.equalsIgnoreCase(device)) {
        return known;
      }
    }
    if (!device.isEmpty()) {
      fields.complain("`device` must be one of " + String.join(", ", DEVICES) + ".");
    }
    return "";
  }

  private static String screen(Fields fields) {
    String screen = text(fields, "screen");
    Matcher size = SIZE.matcher(screen.toLowerCase(Locale.ROOT));
    if (size.matches()) {
      return ScreenClass.label(Integer.valueOf(size.group(1)));
    }
    String known = ScreenClass.named(screen);
    if (!screen.isEmpty() && known.isEmpty()) {
      fields.complain(
          "`screen` must be a width in pixels such as \"1440\" or \"1440x900\", or Small, Medium,"
              + " Large or Extra Large.");
    }
    return known;
  }
}
