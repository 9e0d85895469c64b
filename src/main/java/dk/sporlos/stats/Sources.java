package dk.sporlos.stats;

import dk.sporlos.site.Recognising;
import dk.sporlos.site.Site;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where figures come from beside visits: hits of a site that recognises nobody, and totals.
 *
 * @param unjoined whether hits without a visit count
 * @param days which are read from totals; null if none are
 */
record Sources(boolean unjoined, @Nullable Days days) {

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
        where inbox.day between $2 and $3 and inbox.hour between $4 and $5%s%s""";

  static Sources of(Site site, @Nullable Days days) {
    return new Sources(site.privacy().recognising() == Recognising.NONE, days);
  }

  /** SQL of a further condition on the days whose visits are read. */
  String visitDays(Parameters parameters) {
    if (days == null) {
      return "";
    }
    return days.open().isEmpty()
        ? " and false"
        : " and day = any (%s)".formatted(parameters.addDays(days.open()));
  }

  /** SQL that goes on after the rows of visits; empty if all hits are joined to visits. */
  String unjoinedHits(Part part, TallySql tally) {
    return unjoined ? unjoined(part, tally) : "";
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
        tally.loneDays(),
        (part.ofPagesAlone() ? " and inbox.kind = 0" : "")
            + " and ("
            + tally.condition(part.filter(), scope)
            + ")");
  }
}
