package dk.sporlos.goal;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What somebody notes about a day.
 *
 * @param id its number
 * @param account whose own it is; null if everyone who sees the site's figures sees it
 * @param day of the site
 */
public record Annotation(long id, @Nullable Integer account, LocalDate day, String text) {

  private static final int FIRST_YEAR = 1900;
  private static final int LAST_YEAR = 2999;

  public Annotation {
    text = Line.checked("text", text, 500);
    if (day.getYear() < FIRST_YEAR || day.getYear() > LAST_YEAR) {
      throw new UnfitDefinitionException(
          "day: write one of the years %d to %d".formatted(FIRST_YEAR, LAST_YEAR));
    }
  }
}
