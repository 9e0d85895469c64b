package dk.sporlos.transfer;

import dk.sporlos.door.ImportedVisits;
import dk.sporlos.site.Recognising;
import java.time.LocalDate;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Which visits of an import are kept, and of which only totals.
 *
 * @param completeFrom the first day of which the site's visits are all there; null if none were
 *     deleted
 * @param from the first visit that is kept, in the order in which they are told
 * @param passing days of which only totals are kept
 * @param days those of which visits are
 */
record Kept(
    @Nullable LocalDate completeFrom,
    int from,
    SortedSet<LocalDate> passing,
    SortedSet<LocalDate> days) {

  static Kept of(ImportedVisits visits, @Nullable LocalDate completeFrom) {
    boolean none = visits.site().privacy().recognising() == Recognising.NONE;
    LocalDate first = none ? LocalDate.MAX : completeFrom == null ? LocalDate.MIN : completeFrom;
    return new Kept(
        completeFrom,
        visits.countBefore(first),
        visits.days().headSet(first),
        visits.days().tailSet(first));
  }

  /** Whether the same are kept if visits are all there from a day on. */
  boolean isStill(@Nullable LocalDate now) {
    return days.isEmpty() || now == null || !days.first().isBefore(now);
  }
}
