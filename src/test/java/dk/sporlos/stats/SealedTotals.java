package dk.sporlos.stats;

import dk.sporlos.seal.Figure;
import dk.sporlos.seal.Sealed;
import dk.sporlos.site.Site;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Totals of a day as sealing would leave them, without visits behind them. */
final class SealedTotals {

  private static final String INSERT =
      """
      insert into daily (site_id, day, origin, dimension, part, texts, visitors, visits, views,
        actions, bounces, entries)
      values ($1, $2, 0, $3, 0, $4, $5, $6, $7, $8, $9, $6)
      """;
  private static final String SEALED =
      "insert into sealed_day (site_id, day, due) values ($1, $2, false)";

  private static final List<Figure> FIGURES =
      List.of(Figure.VISITORS, Figure.VISITS, Figure.VIEWS, Figure.ACTIONS, Figure.BOUNCES);

  /**
   * Somebody's only visit of a day.
   *
   * @param pages that were viewed, each as often as it stands there
   * @param events how many custom events there were
   */
  record Visit(String device, String country, List<String> pages, int events) {

    Visit {
      pages = List.copyOf(pages);
    }

    private int bounces() {
      return pages.size() == 1 && events == 0 ? 1 : 0;
    }
  }

  private final Map<Sealed, Map<String, Map<Figure, Integer>>> totals = new EnumMap<>(Sealed.class);

  private SealedTotals() {}

  static SealedTotals of(Site site, List<Visit> visits) {
    SealedTotals day = new SealedTotals();
    for (Visit visit : visits) {
      int views = visit.pages().size();
      day.add(Sealed.TOTAL, "", visit, views, views + visit.events());
      day.add(Sealed.DEVICE, visit.device(), visit, views, views + visit.events());
      day.add(Sealed.COUNTRY, visit.country(), visit, views, views + visit.events());
      day.add(Sealed.HOST, site.domain(), visit, views, views + visit.events());
      day.add(Sealed.EVENT, "pageview", visit, views, views);
      if (visit.events() > 0) {
        day.add(Sealed.EVENT, "click", visit, 0, visit.events());
      }
      Map<String, Integer> pages = new HashMap<>();
      visit.pages().forEach(page -> pages.merge(page, 1, Integer::sum));
      pages.forEach((page, count) -> day.add(Sealed.PAGE, page, visit, count, count));
    }
    return day;
  }

  private void add(Sealed dimension, String value, Visit visit, int views, int actions) {
    Map<Figure, Integer> cell =
        totals
            .computeIfAbsent(dimension, first -> new TreeMap<>())
            .computeIfAbsent(value, first -> new EnumMap<>(Figure.class));
    cell.merge(Figure.VISITORS, 1, Integer::sum);
    cell.merge(Figure.VISITS, 1, Integer::sum);
    cell.merge(Figure.VIEWS, views, Integer::sum);
    cell.merge(Figure.ACTIONS, actions, Integer::sum);
    cell.merge(Figure.BOUNCES, visit.bounces(), Integer::sum);
  }

  /** What was counted of a value; 0 if nothing. */
  long exact(Sealed dimension, String value, Figure figure) {
    return totals
        .getOrDefault(dimension, Map.of())
        .getOrDefault(value, Map.of())
        .getOrDefault(figure, 0);
  }

  Set<String> values(Sealed dimension) {
    return new HashSet<>(totals.getOrDefault(dimension, Map.of()).keySet());
  }

  void write(Pool pool, Site site, LocalDate day) {
    pool.preparedQuery(SEALED).execute(Tuple.of(site.id().value(), day)).await();
    List<Tuple> rows = new ArrayList<>();
    totals.forEach((dimension, values) -> rows.add(row(site, day, dimension, values)));
    if (!rows.isEmpty()) {
      pool.preparedQuery(INSERT).executeBatch(rows).await();
    }
  }

  private static Tuple row(
      Site site, LocalDate day, Sealed dimension, Map<String, Map<Figure, Integer>> values) {
    Tuple row =
        Tuple.of(site.id().value(), day, (short) dimension.number())
            .addArrayOfString(values.keySet().toArray(String[]::new));
    for (Figure figure : FIGURES) {
      row.addArrayOfInteger(
          values.values().stream().map(cell -> cell.get(figure)).toArray(Integer[]::new));
    }
    return row;
  }
}
