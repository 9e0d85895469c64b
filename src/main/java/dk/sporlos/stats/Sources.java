package dk.sporlos.stats;

import dk.sporlos.seal.Sealed;
import dk.sporlos.site.Recognising;
import dk.sporlos.site.Site;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
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
        select %s0, 0, null, (inbox.kind = 0)::int, 1, null, null, null, null, null, 0, null, 0,
          %s, 0
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
          %s, coalesce(sealed.bounces, 0), coalesce(sealed.seconds, 0), sealed.consented,
          null, 0, null, 0, null, 0
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
    return period.isOfWholeDays()
        && query.filter().parts().isEmpty()
        && query.metrics().stream().noneMatch(metric -> metric.ofReading() || metric.ofRevenue())
        && dimension(query.dimensions()) != null;
  }

  /** SQL that goes on after the rows of visits. */
  String sql(Part part, TallySql tally) {
    return (unjoined ? unjoined(part, tally) : "") + (completeFrom == null ? "" : sealed(part));
  }

  private static String unjoined(Part part, TallySql tally) {
    Set<Dimension.Of> kinds = part.kinds();
    if (!kinds.stream().allMatch(Dimension.Of::ofLoneHits)) {
      return "";
    }
    Scope scope = Scope.LONE_HITS;
    return UNJOINED.formatted(
        tally.values(part, scope, false),
        tally.amount(part, scope),
        tally.joins(part, scope) + tally.reached(part, scope),
        (part.ofPagesAlone() ? " and inbox.kind = 0" : "")
            + " and ("
            + tally.condition(part.filter(), scope)
            + ")");
  }

  private String sealed(Part part) {
    Sealed of = dimension(part.dimensions());
    if (of == null) {
      return "";
    }
    StringBuilder values = new StringBuilder();
    for (Attribute attribute : part.dimensions()) {
      values
          .append(
              attribute instanceof Dimension time && time.ofTime()
                  ? Scope.STEPS.fill(time.expression())
                  : "sealed.value")
          .append(", ");
    }
    return SEALED.formatted(
        values,
        of.ofSteps() ? "coalesce(sealed.entries, 0)" : "sealed.visits",
        completeFrom,
        of.number());
  }

  /** What of a day's totals answers a query; null if nothing does. */
  private static @Nullable Sealed dimension(List<Attribute> dimensions) {
    Sealed found = Sealed.TOTAL;
    for (Attribute attribute : dimensions) {
      if (!(attribute instanceof Dimension dimension)) {
        return null;
      }
      Sealed one =
          switch (dimension) {
            case EVENT_PAGE -> Sealed.PAGE;
            case EVENT_HOSTNAME -> Sealed.HOST;
            case VISIT_ENTRY_PAGE -> Sealed.ENTRY;
            case VISIT_EXIT_PAGE -> Sealed.EXIT;
            case TIME_DAY, TIME_WEEK, TIME_MONTH -> Sealed.TOTAL;
            default -> null;
          };
      if (one == null || (one != Sealed.TOTAL && found != Sealed.TOTAL)) {
        return null;
      }
      found = one == Sealed.TOTAL ? found : one;
    }
    return found;
  }
}
