package dk.sporlos.door;

import dk.sporlos.site.PlaceDetail;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where a visitor was, as a line of an import says it. Empty where it says nothing.
 *
 * @param country code of ISO 3166-1
 * @param region code of ISO 3166-2
 */
record ImportedPlace(String country, String region, String city) {

  /** The keys of a line that say it. */
  static final List<String> KEYS = List.of("country", "region", "city");

  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
  private static final Pattern REGION = Pattern.compile("[A-Z]{2}-[A-Z0-9]{1,3}");
  private static final Pattern CITY = Pattern.compile("\\p{L}[\\p{L}\\p{M}\\p{N} .,'’()/-]{0,99}");

  /** Reads the keys of a line; what is no place is complained of. */
  static ImportedPlace read(Fields fields) {
    String country = text(fields, "country").toUpperCase(Locale.ROOT);
    String region = text(fields, "region").toUpperCase(Locale.ROOT);
    String city = text(fields, "city");
    if (!country.isEmpty() && !COUNTRIES.contains(country)) {
      fields.complain("`country` must be a code of ISO 3166-1 such as \"DK\".");
    }
    if (!region.isEmpty() && !(REGION.matcher(region).matches() && region.startsWith(country))) {
      fields.complain(
          "`region` must be a code of ISO 3166-2 such as \"DK-84\", of the country if one is"
              + " named.");
    }
    if (!city.isEmpty() && !CITY.matcher(city).matches()) {
      fields.complain("`city` must be the name of a city, at most 100 letters.");
    }
    String named = country.isEmpty() && region.length() > 2 ? region.substring(0, 2) : country;
    return new ImportedPlace(named, region, city);
  }

  /** In no more detail than is wanted. */
  Place place(PlaceDetail detail) {
    return switch (detail) {
      case COUNTRY -> new Place(country, "", "");
      case REGION -> new Place(country, region, "");
      case CITY -> new Place(country, region, city);
    };
  }

  private static String text(Fields fields, String key) {
    String text = fields.text(key, 400);
    return text == null ? "" : PlainText.of(text).strip();
  }
}
