package dk.sporlos.stats;

import dk.sporlos.site.Recognising;
import dk.sporlos.site.Site;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The days of a period whose figures outsiders get, all read from the same.
 *
 * @param sources what they are read from
 * @param dataFrom the first day that is covered, where that is not the first of the period; else
 *     null
 */
record FinishedDays(Sources sources, @Nullable LocalDate dataFrom) {

  /**
   * @param query by day and what outsiders ask by, with their segment as its filter
   * @param today at the site; it is never finished
   * @throws InvalidQueryException if nothing that is left answers the query
   */
  static FinishedDays of(Site site, Query query, Period period, Days.Known known, LocalDate today) {
    boolean joined =
        site.privacy().recognising() != Recognising.NONE || query.filter().parts().isEmpty();
    boolean ofTotals = joined && Totals.answer(query, period, known);
    LocalDate from = known.completeFrom();
    if (!ofTotals && from != null && period.lastDay().isBefore(from)) {
      throw new DeletedVisitsException(
          "The visits of this range are deleted, and its totals do not say who was in the segment,"
              + " or what this dimension was: ask from "
              + from
              + " on.");
    }
    List<LocalDate> days =
        period
            .firstDay()
            .datesUntil(period.lastDay().plusDays(1))
            .filter(day -> day.isBefore(today))
            .filter(
                day ->
                    known.sealed().contains(day)
                        || known.due().contains(day)
                        || (ofTotals && from != null && day.isBefore(from)))
            .filter(day -> ofTotals || from == null || !day.isBefore(from))
            .toList();
    Days read =
        ofTotals ? new Days(List.of(), days, List.of()) : new Days(List.of(), List.of(), days);
    boolean partly = !ofTotals && from != null && period.firstDay().isBefore(from);
    return new FinishedDays(
        new Sources(Live.NONE, /* unjoined= */ false, read, /* heads= */ null),
        partly ? from : null);
  }
}
