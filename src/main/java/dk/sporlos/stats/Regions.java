package dk.sporlos.stats;

import dk.sporlos.page.Resources;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;

/** English names of regions by their codes of ISO 3166-2, as Unicode CLDR has them. */
final class Regions {

  /** Read once, and only if somebody asks for names. */
  private static final JsonObject NAMES = read();

  private Regions() {}

  /** The names by their codes. */
  static JsonObject names() {
    return NAMES;
  }

  private static JsonObject read() {
    String text = new String(Resources.read(Regions.class, "regions.txt"), StandardCharsets.UTF_8);
    JsonObject names = new JsonObject();
    text.lines()
        .filter(line -> !line.startsWith("#") && !line.isEmpty())
        .map(line -> line.split("\t", 2))
        .forEach(region -> names.put(region[0], region[1]));
    return names;
  }
}
