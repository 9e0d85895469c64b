package dk.sporlos.site;

/** How closely it is kept where visitors of a site are. */
public enum PlaceDetail {
  COUNTRY,
  REGION,
  CITY;

  /** Reads {@code country}, {@code region} or {@code city}. */
  static PlaceDetail parse(String text) {
    return switch (text.strip()) {
      case "country" -> COUNTRY;
      case "region" -> REGION;
      case "city" -> CITY;
      default ->
          throw new IllegalArgumentException(
              "'" + text + "' is no such detail; write country, region or city");
    };
  }
}
