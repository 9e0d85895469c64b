package dk.sporlos.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.seal.Figure;
import dk.sporlos.seal.Sealed;
import dk.sporlos.site.Site;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import org.jspecify.annotations.Nullable;

/**
 * An attacker asks all that outsiders may ask, and reckons from the answers what each figure can
 * have been: of single days, repeated and by other names, of ranges and what they differ by, of
 * parts against the whole and of figures against each other.
 */
class DifferencingGameTest {

  private static final Vertx VERTX = Vertx.vertx();
  private static final TestSites SITES = TestSites.create(VERTX);
  private static final Stats STATS = new Stats(SITES.pool(), Clock.systemUTC());
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private static final LocalDate FIRST = LocalDate.parse("2026-03-02");
  private static final int BASE = 5;

  /** By these the rows add up to the whole. */
  private static final Set<Sealed> PARTITIONS = Set.of(Sealed.DEVICE, Sealed.COUNTRY);

  private static final Map<Sealed, List<Dimension>> WAYS =
      Map.of(
          Sealed.DEVICE, List.of(Dimension.VISIT_DEVICE),
          Sealed.COUNTRY, List.of(Dimension.VISIT_COUNTRY, Dimension.VISIT_COUNTRY_NAME),
          Sealed.HOST, List.of(Dimension.EVENT_HOSTNAME),
          Sealed.PAGE, List.of(Dimension.EVENT_PAGE),
          Sealed.EVENT, List.of(Dimension.EVENT_NAME));

  private static final Map<Metric, Figure> COUNTS =
      Map.of(
          Metric.VISITORS, Figure.VISITORS,
          Metric.VISITS, Figure.VISITS,
          Metric.PAGEVIEWS, Figure.VIEWS,
          Metric.EVENTS, Figure.ACTIONS);

  @AfterContainer
  static void close() {
    SITES.close();
    VERTX.close().await();
  }

  /** What a figure is of: a day and a value, and the dimension that it is a value of. */
  private record Cell(int day, Sealed dimension, String value, Figure figure) {
    Cell whole() {
      return new Cell(day, Sealed.TOTAL, "", figure);
    }

    Cell of(Figure other) {
      return new Cell(day, dimension, value, other);
    }
  }

  /** What a figure can be, both ends included. */
  private record Bounds(long least, long most) {
    static final Bounds ANY = new Bounds(0, Long.MAX_VALUE / 4);

    static Bounds behind(long shown) {
      return new Bounds(Math.max(0, shown - BASE + 1), shown + BASE - 1);
    }

    Bounds and(Bounds other) {
      return new Bounds(Math.max(least, other.least), Math.min(most, other.most));
    }

    long width() {
      return most - least + 1;
    }
  }

  /** What is known of every figure. */
  private static final class Knowledge {
    private final Map<Cell, Bounds> bounds = new HashMap<>();
    private boolean changed;

    Bounds of(Cell cell) {
      return bounds.getOrDefault(cell, Bounds.ANY);
    }

    void add(Cell cell, Bounds more) {
      Bounds before = of(cell);
      Bounds after = before.and(more);
      bounds.put(cell, after);
      changed |= !after.equals(before);
    }

    void same(Cell one, Cell other) {
      add(one, of(other));
      add(other, of(one));
    }

    void noMore(Cell part, Cell whole) {
      add(part, new Bounds(0, of(whole).most()));
      add(whole, new Bounds(of(part).least(), Bounds.ANY.most()));
    }

    /** The parts add up to the whole, perhaps with others that are not shown. */
    void sum(List<Cell> parts, Cell whole) {
      long least = parts.stream().mapToLong(part -> of(part).least()).sum();
      add(whole, new Bounds(least, Bounds.ANY.most()));
      for (Cell part : parts) {
        add(part, new Bounds(0, of(whole).most() - (least - of(part).least())));
      }
    }

    /** The sum is within bounds of its own. */
    void sumIs(List<Cell> terms, Bounds sum) {
      long least = terms.stream().mapToLong(term -> of(term).least()).sum();
      long most = terms.stream().mapToLong(term -> of(term).most()).sum();
      for (Cell term : terms) {
        add(
            term,
            new Bounds(
                sum.least() - (most - of(term).most()), sum.most() - (least - of(term).least())));
      }
    }
  }

  @Property(tries = 25, edgeCases = EdgeCasesMode.NONE)
  void noSequenceOfQuestionsFindsASmallFigure(@ForAll("days") List<List<SealedTotals.Visit>> days) {
    Site site = SITES.site("game-%d.dk".formatted(NUMBERS.incrementAndGet()), "UTC");
    List<SealedTotals> totals = new ArrayList<>();
    for (int i = 0; i < days.size(); i++) {
      totals.add(SealedTotals.of(site, days.get(i)));
      totals.get(i).write(SITES.pool(), site, FIRST.plusDays(i));
    }
    boolean withoutEvents =
        days.stream().flatMap(List::stream).allMatch(visit -> visit.events() == 0);

    Knowledge knowledge = new Knowledge();
    Map<Cell, Long> shown = askForDays(site, totals, knowledge);
    askForRanges(site, totals, shown, knowledge);
    for (Cell cell : Set.copyOf(shown.keySet())) {
      if (withoutEvents && cell.figure() == Figure.VIEWS) {
        knowledge.same(cell, cell.of(Figure.ACTIONS));
      }
      if (cell.dimension() == Sealed.HOST
          || (cell.value().equals("pageview") && cell.figure() == Figure.VIEWS)) {
        knowledge.same(cell, cell.whole());
      }
    }

    shown
        .keySet()
        .forEach(
            cell ->
                assertThat(knowledge.of(cell).width())
                    .as("what %s can be: %s", cell, knowledge.of(cell))
                    .isGreaterThanOrEqualTo(BASE));

    reckon(shown.keySet(), knowledge);

    shown.forEach(
        (cell, figure) -> {
          long exact = exact(totals, cell);
          Bounds known = knowledge.of(cell);
          assertThat(exact)
              .as("%s, reckoned %s", cell, known)
              .isBetween(known.least(), known.most());
          assertThat(figure)
              .as("a part, beside its whole: %s", cell)
              .isLessThanOrEqualTo(shown.get(cell.whole()));
          if (exact > 0 && exact < BASE) {
            assertThat(known.width()).as("what %s can be: %s", cell, known).isGreaterThan(1);
          }
        });
  }

  private static long exact(List<SealedTotals> totals, Cell cell) {
    return totals.get(cell.day()).exact(cell.dimension(), cell.value(), cell.figure());
  }

  /** Every figure of every day, twice and by every name. */
  private static Map<Cell, Long> askForDays(
      Site site, List<SealedTotals> totals, Knowledge knowledge) {
    Map<Cell, Long> shown = new HashMap<>();
    for (int day = 0; day < totals.size(); day++) {
      for (int time = 0; time < 2; time++) {
        observe(day, Sealed.TOTAL, Set.of(""), ask(site, null, day, day), shown, knowledge);
        for (Map.Entry<Sealed, List<Dimension>> ways : WAYS.entrySet()) {
          Set<String> values = values(totals, ways.getKey());
          for (Dimension way : ways.getValue()) {
            observe(day, ways.getKey(), values, ask(site, way, day, day), shown, knowledge);
          }
        }
      }
    }
    return shown;
  }

  private static Set<String> values(List<SealedTotals> totals, Sealed dimension) {
    Set<String> values = new HashSet<>();
    totals.forEach(day -> values.addAll(day.values(dimension)));
    return values;
  }

  private static void observe(
      int day,
      Sealed dimension,
      Set<String> values,
      Map<String, Map<Figure, Long>> answer,
      Map<Cell, Long> shown,
      Knowledge knowledge) {
    for (String value : values) {
      for (Figure figure : COUNTS.values()) {
        Cell cell = new Cell(day, dimension, value, figure);
        long one = answer.getOrDefault(value, Map.of()).getOrDefault(figure, 0L);
        assertThat(one % BASE).as("what is shown of %s: %d", cell, one).isZero();
        shown.put(cell, one);
        knowledge.add(cell, Bounds.behind(one));
      }
    }
  }

  /** Ranges that differ by a day; a sum of what is known tells nothing, and all else does. */
  private static void askForRanges(
      Site site, List<SealedTotals> totals, Map<Cell, Long> shown, Knowledge knowledge) {
    for (int last = 1; last < totals.size(); last++) {
      askForRange(site, Sealed.TOTAL, Set.of(""), null, last, shown, knowledge);
      for (Map.Entry<Sealed, List<Dimension>> ways : WAYS.entrySet()) {
        askForRange(
            site,
            ways.getKey(),
            values(totals, ways.getKey()),
            ways.getValue().get(0),
            last,
            shown,
            knowledge);
      }
    }
  }

  private static void askForRange(
      Site site,
      Sealed dimension,
      Set<String> values,
      @Nullable Dimension way,
      int last,
      Map<Cell, Long> shown,
      Knowledge knowledge) {
    for (int first = 0; first < last; first++) {
      Map<String, Map<Figure, Long>> answer = ask(site, way, first, last);
      for (String value : values) {
        for (Figure figure : COUNTS.values()) {
          List<Cell> terms = new ArrayList<>();
          for (int day = first; day <= last; day++) {
            terms.add(new Cell(day, dimension, value, figure));
          }
          long sum = answer.getOrDefault(value, Map.of()).getOrDefault(figure, 0L);
          if (sum != terms.stream().mapToLong(shown::get).sum()) {
            knowledge.sumIs(terms, Bounds.behind(sum));
          }
        }
      }
    }
  }

  /** What follows from how figures hang together, until nothing more does. */
  private static void reckon(Set<Cell> cells, Knowledge knowledge) {
    do {
      knowledge.changed = false;
      Map<Cell, List<Cell>> parts = new HashMap<>();
      for (Cell cell : cells) {
        knowledge.noMore(cell, cell.whole());
        knowledge.noMore(cell.of(Figure.VISITORS), cell.of(Figure.VISITS));
        knowledge.noMore(cell.of(Figure.VIEWS), cell.of(Figure.ACTIONS));
        if (PARTITIONS.contains(cell.dimension())) {
          parts
              .computeIfAbsent(
                  new Cell(cell.day(), cell.dimension(), "", cell.figure()),
                  first -> new ArrayList<>())
              .add(cell);
        }
      }
      parts.forEach((by, all) -> knowledge.sum(all, by.whole()));
    } while (knowledge.changed);
  }

  private static Map<String, Map<Figure, Long>> ask(
      Site site, @Nullable Dimension way, int first, int last) {
    List<Metric> metrics = List.copyOf(COUNTS.keySet());
    Query query =
        new Query(
            metrics,
            new DateRange.Days(FIRST.plusDays(first), FIRST.plusDays(last)),
            way == null ? List.of() : List.of(way),
            List.of(),
            Query.Include.NOTHING,
            Query.Paging.EVERYTHING);
    Map<String, Map<Figure, Long>> answer = new HashMap<>();
    for (Answer.Row row : STATS.answer(new Reader.Outside(site), query).await().rows()) {
      Map<Figure, Long> figures = new HashMap<>();
      for (int i = 0; i < metrics.size(); i++) {
        figures.put(COUNTS.get(metrics.get(i)), row.metrics().get(i).longValue());
      }
      String value = way == null ? "" : row.dimensions().get(0);
      answer.put(way == Dimension.VISIT_COUNTRY_NAME ? code(value) : value, figures);
    }
    return answer;
  }

  private static String code(String name) {
    return switch (name) {
      case "Denmark" -> "DK";
      case "Sweden" -> "SE";
      default -> "NO";
    };
  }

  @Provide
  Arbitrary<List<List<SealedTotals.Visit>>> days() {
    return Arbitraries.of(0, 2)
        .flatMap(events -> visits(events).list().ofMaxSize(14).list().ofMinSize(2).ofMaxSize(4));
  }

  private static Arbitrary<SealedTotals.Visit> visits(int mostEvents) {
    return Combinators.combine(
            Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(3, Arbitraries.just("Desktop")),
                net.jqwik.api.Tuple.of(2, Arbitraries.just("Mobile"))),
            Arbitraries.of("DK", "DK", "SE", "NO"),
            Arbitraries.of("/", "/", "/a", "/b", "/c").list().ofMinSize(1).ofMaxSize(3),
            Arbitraries.integers().between(0, mostEvents))
        .as(SealedTotals.Visit::new);
  }
}
