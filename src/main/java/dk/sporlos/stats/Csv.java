package dk.sporlos.stats;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * Tables as comma-separated values (RFC 4180) that a spreadsheet can open without harm.
 *
 * <p>Paths, campaigns and the like come from strangers, and a spreadsheet takes a cell that begins
 * with {@code = + - @}, a tab or a carriage return for a formula. Such a text gets an apostrophe in
 * front, with which it is shown as it is (OWASP, CSV Injection). Numbers stay numbers.
 */
public final class Csv {

  private static final String BEGINS_FORMULA = "=+-@\t\r";

  private Csv() {}

  /** Lines of cells as text: texts, numbers, or null for an empty one; each line ends with CRLF. */
  public static String lines(List<? extends List<?>> lines) {
    StringBuilder text = new StringBuilder();
    try (CSVPrinter printer = new CSVPrinter(text, CSVFormat.RFC4180)) {
      for (List<?> line : lines) {
        for (Object cell : line) {
          printer.print(shown(cell));
        }
        printer.println();
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException("a text takes whatever is appended", impossible);
    }
    return text.toString();
  }

  private static @Nullable String shown(@Nullable Object cell) {
    if (cell instanceof Number number) {
      return new BigDecimal(number.toString()).toPlainString();
    }
    String text = cell == null ? "" : cell.toString();
    return !text.isEmpty() && BEGINS_FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }
}
