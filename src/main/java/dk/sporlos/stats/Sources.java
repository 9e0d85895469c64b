package dk.sporlos.stats;

import dk.sporlos.site.Recognising;
import dk.sporlos.site.Site;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where figures come from: visits that ended, and those that may go on; beside them hits of a site
 * that recognises nobody, and totals.
 *
 * @param live where the visits are read that may go on
 * @param unjoined whether hits without a visit count
 * @param days which are read from totals; null if none are
 * @param heads what is to be told from the heads of these alone; null if all of them is read
 */
record Sources(Live live, boolean unjoined, @Nullable Days days, @Nullable Heads heads) {

  /** Visits alone, and those of the inbox with them. */
  static final Sources VISITS = new Sources(Live.INBOX, false, null, null);

  private static final String HITS =
      """
      (
          select *, (at at time zone site.timezone)::date as day,
            date_trunc('hour', at, site.timezone) as hour
          from hit
          join site on site.id = hit.site_id
          where site_id = $1 and visit = 0 and slot = 8
        ) as inbox""";

  private static final String UNJOINED =
      """

        union all
        select %s0, 0, null, (inbox.kind = 0)::int, 1, null, null, null, null, null, 0, null, 0,
          %s, 0, 0, 0
        from {hits}%s
        where kind <> 2 and inbox.day between $2 and $3 and inbox.hour between $4 and $5%s%s"""
          .replace("{hits}", HITS);

  /*
   * As the seal has it: a page was looked at for as long as all views of it together, on average of
   * these, and each report of how far it was scrolled counts by itself.
   */
  private static final String READING =
      """

        union all
        select %s0, 0, 0, 0, 0, 0, 0, 0, 0, inbox.scroll, (inbox.scroll is not null)::int,
          least(round(inbox.engaged_ms / 1000.0), 16383)::int, (inbox.kind = 0)::int, null, 0, 0,
          0
        from {hits}%s
        where kind <> 1 and inbox.day between $2 and $3 and inbox.hour between $4 and $5%s
          and (%s)"""
          .replace("{hits}", HITS);

  static Sources of(Site site, @Nullable Days days) {
    return new Sources(Live.NONE, site.privacy().recognising() == Recognising.NONE, days, null);
  }

  /** The same with visits that may go on. */
  Sources with(Live more) {
    return new Sources(more, unjoined, days, heads);
  }

  Sources headsAlone(Heads first) {
    return new Sources(live, unjoined, days, first);
  }

  /** Whether there are days whose visits are read. */
  boolean ofVisits() {
    return days == null || !days.open().isEmpty();
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
    if (!unjoined) {
      return "";
    }
    return unjoined(part, tally) + (part.ofReading() ? reading(part, tally) : "");
  }

  private static String reading(Part part, TallySql tally) {
    Scope scope = Scope.LONE_HITS;
    return part.kinds().stream().allMatch(Dimension.Of::ofLoneHits)
        ? READING.formatted(
            tally.values(part, scope, false),
            tally.joins(part, scope),
            tally.loneDays(),
            tally.condition(part.filter(), scope))
        : "";
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
