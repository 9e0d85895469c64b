package dk.sporlos.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows of figures, printed as Markdown has tables. */
public final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  public Table(String... heads) {
    rows.add(List.of(heads));
  }

  public Table row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  public void print() {
    int columns = rows.get(0).size();
    int[] widths =
        IntStream.range(0, columns)
            .map(i -> rows.stream().mapToInt(row -> row.get(i).length()).max().orElse(0))
            .toArray();
    for (int line = 0; line < rows.size(); line++) {
      System.out.println(line(rows.get(line), widths));
      if (line == 0) {
        System.out.println(
            IntStream.of(widths)
                .mapToObj(width -> "-".repeat(width + 1) + ":")
                .collect(Collectors.joining("|", "|", "|")));
      }
    }
  }

  private static String line(List<String> cells, int[] widths) {
    return IntStream.range(0, widths.length)
        .mapToObj(i -> " " + " ".repeat(widths[i] - cells.get(i).length()) + cells.get(i) + " ")
        .collect(Collectors.joining("|", "|", "|"));
  }

  /** A figure as people read it: three places that count. */
  public static String figure(double value) {
    double size = Math.abs(value);
    return size >= 100 ? "%,.0f".formatted(value) : (size >= 10 ? "%.1f" : "%.2f").formatted(value);
  }
}
