package dk.sporlos.stats;

import dk.sporlos.seal.Figure;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Sums of rounded cells, by what the rows of an answer are told apart by. */
@SuppressWarnings("EnumOrdinal") // places in arrays that no other process sees
final class RoundedSums {

  /** Of a day as a whole: what was counted, and what is shown. */
  @SuppressWarnings("ArrayRecordComponent") // compared never
  private record Whole(long[] exact, long[] shown) {}

  private final Rounding rounding;
  private final Map<LocalDate, Whole> wholes = new HashMap<>();
  private final Map<String, long[]> sums = new LinkedHashMap<>();
  private final long[] whole = new long[Figure.values().length];

  RoundedSums(Rounding rounding) {
    this.rounding = rounding;
  }

  /** Adds a day as a whole, before its parts. */
  void addWhole(LocalDate day, CellName cell, long[] exact) {
    long[] shown = rounded(exact, rounding.draw(day, cell));
    wholes.put(day, new Whole(exact, shown));
    add(whole, shown);
  }

  /** The days that have something to show. */
  List<LocalDate> days() {
    return wholes.keySet().stream().sorted().toList();
  }

  /** Counts the day as a whole under a row. */
  void addWholeTo(String row, LocalDate day) {
    add(
        sums.computeIfAbsent(row, first -> new long[whole.length]),
        Objects.requireNonNull(wholes.get(day), "a day that was added").shown());
  }

  /*
   * Of two cells that are rounded apart the part may come out greater than the whole, which would
   * tell that the part is just above one multiple of the base and the whole just below the next. So
   * it is shown as no greater.
   */
  /** Adds the cell of a day to a row. */
  void addPart(String row, LocalDate day, CellName cell, long[] exact) {
    long[] shown = rounded(exact, rounding.draw(day, cell));
    Whole all = wholes.get(day);
    for (int i = 0; all != null && i < shown.length; i++) {
      if (exact[i] <= all.exact()[i]) {
        shown[i] = Math.min(shown[i], all.shown()[i]);
      }
    }
    add(sums.computeIfAbsent(row, first -> new long[whole.length]), shown);
  }

  private long[] rounded(long[] exact, long draw) {
    long[] shown = new long[exact.length];
    for (Figure figure : Figure.values()) {
      shown[figure.ordinal()] = rounding.round(figure, exact[figure.ordinal()], draw);
    }
    return shown;
  }

  private static void add(long[] sum, long[] more) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += more[i];
    }
  }

  /** The sum of all days as a whole. */
  long[] whole() {
    return whole;
  }

  /** The sums of rows in which one of some figures is not 0. */
  Map<String, long[]> shown(Set<Figure> figures) {
    Map<String, long[]> shown = new LinkedHashMap<>(sums);
    shown.values().removeIf(sum -> figures.stream().allMatch(figure -> sum[figure.ordinal()] == 0));
    return shown;
  }
}
