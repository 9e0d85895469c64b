package dk.sporlos.stats;

import dk.sporlos.site.Site;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which pages visits came from before they first viewed a page, and where they went from there: two
 * trees of pages with the number of visits that took each way. What fewer than five took is added
 * up as {@code (other)}.
 */
final class Paths implements Report {

  private static final List<String> KEYS =
      List.of("site_id", "date_range", "page", "depth", VisitFilter.KEY);
  private static final int DEEPEST = 5;
  private static final int USUAL_DEPTH = 3;
  private static final int LONGEST_PAGE = 2_000;

  private static final String PAGES = "select id from page where site_id = $1 and path = $2";

  /** Pages of one path on several hosts are one page here, as in queries. */
  private static final String SAME =
      """
      select array_agg(id) as ids from page where site_id = $1 group by path having count(*) > 1
      """;

  private static final String NAMES =
      "select id, path from page where site_id = $1 and id = any ($2)";

  private final Pool pool;
  private final Reads reads;
  private final Clock clock;

  Paths(Pool pool, Reads reads, Clock clock) {
    this.pool = pool;
    this.reads = reads;
    this.clock = clock;
  }

  @Override
  public Future<JsonObject> about(Site site, JsonObject document) {
    ReportReading.refuseOthers(document, KEYS);
    ReportReading.refuseWithoutVisits(site);
    DateRange range = ReportReading.range(document, DateRange.Named.LAST_30_DAYS);
    Place place = Place.ROOT.at("page");
    String page = place.string(document.getValue("page"));
    if (page.length() > LONGEST_PAGE || page.indexOf('\0') >= 0) {
      throw place.refusal("Expected the path of a page.");
    }
    int depth = (int) Place.ROOT.number(document, "depth", 1, DEEPEST, USUAL_DEPTH);
    return VisitFilter.read(pool, site.id(), document)
        .compose(
            filter ->
                ReportReading.in(
                    reads, source -> answer(source, site, range, filter, new Asked(page, depth))));
  }

  /** A page, and how far to go from it. */
  private record Asked(String page, int depth) {}

  private Future<JsonObject> answer(
      Reads.Source source, Site site, DateRange range, VisitFilter filter, Asked asked) {
    return ReportReading.ofVisits(
        source,
        site,
        range,
        filter,
        clock,
        (period, known) -> answer(source.connection(), site, period, known, asked));
  }

  private static Future<JsonObject> answer(
      SqlConnection connection, Site site, Period period, VisitFilter.Known filter, Asked asked) {
    Tuple named = Tuple.of(site.id().value(), asked.page());
    return connection
        .preparedQuery(PAGES)
        .execute(named)
        .map(rows -> rows.stream().mapToInt(row -> row.getInteger("id")).sorted().toArray())
        .compose(
            pages ->
                same(connection, site)
                    .map(same -> new PathVisits(pages, same, asked.depth()))
                    .compose(visits -> visits.follow(connection, site.id(), period, filter)))
        .compose(
            visits ->
                names(connection, site, visits)
                    .map(
                        names ->
                            new JsonObject()
                                .put("page", asked.page())
                                .put("visits", visits.after().visits())
                                .put("before", visits.before().json(names, "(entry)"))
                                .put("after", visits.after().json(names, "(exit)"))));
  }

  private static Future<Map<Integer, Integer>> same(SqlConnection connection, Site site) {
    return connection
        .preparedQuery(SAME)
        .execute(Tuple.of(site.id().value()))
        .map(
            rows -> {
              Map<Integer, Integer> same = new HashMap<>();
              rows.forEach(
                  row -> {
                    Integer[] ids = row.getArrayOfIntegers("ids");
                    Arrays.stream(ids).forEach(id -> same.put(id, ids[0]));
                  });
              return same;
            });
  }

  private static Future<Map<Integer, String>> names(
      SqlConnection connection, Site site, PathVisits visits) {
    Set<Integer> shown = new TreeSet<>(visits.before().pages());
    shown.addAll(visits.after().pages());
    return connection
        .preparedQuery(NAMES)
        .execute(Tuple.of(site.id().value()).addArrayOfInteger(shown.toArray(Integer[]::new)))
        .map(
            rows -> {
              Map<Integer, String> names = new HashMap<>();
              rows.forEach(row -> names.put(row.getInteger("id"), row.getString("path")));
              return names;
            });
  }
}
