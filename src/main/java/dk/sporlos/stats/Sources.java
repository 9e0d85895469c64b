package dk.sporlos.stats;

import dk.sporlos.seal.Sealed;
import dk.sporlos.site.Recognising;
import dk.sporlos.site.Site;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Where figures come from beside visits: hits of a site that recognises nobody, and the totals of
 * days whose visits are gone.
 *
 * @param unjoined whether hits without a visit count
 * @param completeFrom the first day of which all visits are there; null if none were deleted
 */
record Sources(boolean unjoined, @Nullable LocalDate completeFrom) {

  /** Visits alone. */
  static final Sources VISITS = new Sources(false, null);

  private static final String UNJOINED =
      """

        union all
        select %s0, 0, null, (inbox.kind = 0)::int, 1, null, null, null, null
        from (
          select *, (at at time zone site.timezone)::date as day,
            date_trunc('hour', at, site.timezone) as hour
          from hit
          join site on site.id = hit.site_id
          where site_id = $1 and visit = 0 and slot = 8 and kind <> 2
        ) as inbox%s
        where inbox.day between $2 and $3 and inbox.hour between $4 and $5%s""";

  /** Days before this one are read from totals: their visits are not all there. */
  private static final String SEALED =
      """

        union all
        select %ssealed.visitors, sealed.cookieless, sealed.visits, sealed.views, sealed.actions,
          %s, coalesce(sealed.bounces, 0), coalesce(sealed.seconds, 0), sealed.consented
        from daily as visited
        cross join lateral unnest(texts, visitors, cookieless, visits, views, actions, entries,
          bounces, seconds, consented) as sealed (value, visitors, cookieless, visits, views, actions,
          entries, bounces, seconds, consented)
        where site_id = $1 and day between $2 and $3 and day < date '%s' and dimension = %d""";

  static Sources of(Site site, @Nullable LocalDate completeFrom) {
    return new Sources(site.privacy().recognising() == Recognising.NONE, completeFrom);
  }

  /** Whether the answer to a query needs totals for part of its period. */
  boolean needTotals(Period period) {
    return completeFrom != null && period.firstDay().isBefore(completeFrom);
  }

  /** Whether the totals of days can answer a query: by days, and by one other thing at most. */
  static boolean totalsAnswer(Query query, Period period) {
    return period.isOfWholeDays() && dimension(query) != null;
  }

  /** SQL that goes on after the rows of visits. */
  String sql(Query query) {
    return (unjoined ? unjoined(query) : "") + (completeFrom == null ? "" : sealed(query));
  }

  private static String unjoined(Query query) {
    StringBuilder values = new StringBuilder();
    boolean pages = false;
    for (int i = 0; i < query.dimensions().size(); i++) {
      Dimension dimension = query.dimensions().get(i);
      if (dimension.of() == Dimension.Of.ENTRY || dimension.of() == Dimension.Of.EXIT) {
        return "";
      }
      pages |= dimension.ofSteps();
      values.append(dimension.expression().replace("visited.", "inbox.")).append(", ");
    }
    return UNJOINED.formatted(
        values,
        pages ? "\n        join page on page.site_id = $1 and page.id = inbox.page_id" : "",
        pages ? " and inbox.kind = 0" : "");
  }

  private String sealed(Query query) {
    Sealed of = dimension(query);
    if (of == null) {
      return "";
    }
    StringBuilder values = new StringBuilder();
    for (Dimension dimension : query.dimensions()) {
      values.append(dimension.ofTime() ? dimension.expression() : "sealed.value").append(", ");
    }
    return SEALED.formatted(
        values,
        of.ofSteps() ? "coalesce(sealed.entries, 0)" : "sealed.visits",
        completeFrom,
        of.number());
  }

  /** What of a day's totals answers a query; null if nothing does. */
  private static @Nullable Sealed dimension(Query query) {
    Sealed found = Sealed.TOTAL;
    for (Dimension dimension : query.dimensions()) {
      Sealed one =
          switch (dimension) {
            case EVENT_PAGE -> Sealed.PAGE;
            case EVENT_HOSTNAME -> Sealed.HOST;
            case VISIT_ENTRY_PAGE -> Sealed.ENTRY;
            case VISIT_EXIT_PAGE -> Sealed.EXIT;
            case TIME_DAY, TIME_WEEK, TIME_MONTH -> Sealed.TOTAL;
            case TIME, TIME_HOUR -> null;
          };
      if (one == null || (one != Sealed.TOTAL && found != Sealed.TOTAL)) {
        return null;
      }
      found = one == Sealed.TOTAL ? found : one;
    }
    return found;
  }
}
