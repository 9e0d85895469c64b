package dk.sporlos.door;

import dk.sporlos.site.SiteId;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Hears of browsers that bring a cookie: once a browser and day of the site, with the first cookie
 * that it brings on that day. Must be quick and must not throw.
 */
@FunctionalInterface
public interface Returns {

  /**
   * A browser that brought a cookie.
   *
   * @param day of the site, on which it did so
   * @param gap days since the day of its last visit; null if its cookie was first issued on that
   *     day
   * @param firstWeek the Monday of the week of its first visit
   */
  record Return(SiteId site, LocalDate day, @Nullable Integer gap, LocalDate firstWeek) {
    public Return {
      Objects.requireNonNull(site, "site");
      Objects.requireNonNull(day, "day");
      Objects.requireNonNull(firstWeek, "firstWeek");
    }
  }

  void count(Return browser);
}
