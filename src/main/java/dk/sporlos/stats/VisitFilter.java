package dk.sporlos.stats;

import dk.sporlos.site.SiteId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;

/**
 * Which visits a report is about, by filters as queries have them. Filters of what is done let a
 * visit count of which one step fulfils them all.
 */
final class VisitFilter {

  /** The member of a document that holds them. */
  static final String KEY = "filters";

  private final Filter filter;

  private VisitFilter(Filter filter) {
    this.filter = filter;
  }

  /** A filter with its values looked up. */
  record Known(Filter filter, Lookups lookups) {

    /** The common table expression {@code visited} of visits, those with it that may go on. */
    String visited() {
      return QuerySql.visited(lookups.live());
    }

    /** What websites say of steps of them, as {@code said}. */
    String said() {
      return QuerySql.said(lookups.live());
    }

    /** A condition over {@code visited}; its parameters are added. */
    String sql(Parameters parameters) {
      return "(" + new FilterSql(parameters, lookups).condition(filter, Scope.STEPS) + ")";
    }
  }

  /**
   * Reads the filters of a document; without any, every visit counts.
   *
   * <p>Fails with {@link InvalidQueryException} if they name a goal or segment that the site does
   * not have.
   *
   * @throws InvalidQueryException if they are none
   */
  static Future<VisitFilter> read(Pool pool, SiteId site, JsonObject document) {
    if (!document.containsKey(KEY)) {
      return Future.succeededFuture(new VisitFilter(Filter.All.NOTHING));
    }
    Filter.All asked = FilterParser.parse(Place.ROOT.at(KEY), document.getValue(KEY));
    return Definitions.of(pool, site, asked)
        .map(
            definitions -> Expansion.ofGoals(Expansion.ofSegments(asked, definitions), definitions))
        .map(
            filter ->
                new VisitFilter(filter.ofSteps() ? new Filter.HasDone(filter, false) : filter));
  }

  /** Looks up what is compared. */
  Future<Known> lookUp(SqlConnection connection, SiteId site, Period period, Live live) {
    return Lookups.of(connection, site, period, live, filter)
        .map(lookups -> new Known(filter, lookups));
  }
}
