package dk.sporlos.transfer;

import dk.sporlos.site.SiteId;
import java.time.LocalDate;
import java.time.OffsetDateTime;

/**
 * An import.
 *
 * @param id its number, which visits and totals have as their origin
 * @param first day of which it has visits, in the site's time zone
 * @param lines how many lines of it count
 */
public record Imported(
    SiteId site,
    int id,
    OffsetDateTime at,
    LocalDate first,
    LocalDate last,
    int lines,
    int visits,
    long views,
    long events) {

  /** The same under a number. */
  Imported numbered(int number) {
    return new Imported(site, number, at, first, last, lines, visits, views, events);
  }
}
