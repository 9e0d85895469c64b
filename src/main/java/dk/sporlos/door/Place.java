package dk.sporlos.door;

import java.util.Objects;

/**
 * Roughly where a visitor was, from the cut address; each is empty where it is not known or not to
 * be kept.
 *
 * @param country code of ISO 3166-1, as in {@code DK}
 * @param region code of ISO 3166-2, as in {@code DK-84}
 * @param city name
 */
public record Place(String country, String region, String city) {

  /** Nothing is known. */
  public static final Place UNKNOWN = new Place("", "", "");

  public Place {
    Objects.requireNonNull(country, "country");
    Objects.requireNonNull(region, "region");
    Objects.requireNonNull(city, "city");
  }
}
