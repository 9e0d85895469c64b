package dk.sporlos.site;

/** How closely it is kept where visitors of a site are. */
public enum PlaceDetail {
  COUNTRY,
  REGION,
  CITY
}
