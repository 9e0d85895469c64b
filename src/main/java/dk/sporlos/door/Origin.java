package dk.sporlos.door;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a visitor came from as far as it is kept: the page that led here, and what the address of
 * the page says of a campaign. Cleaned, so that it names no person.
 *
 * @param host of the page that led here, in canonical spelling; empty if there was none
 * @param path of that page, decoded; empty if there was none
 * @param campaign null if the address names none
 * @param clickId name of the parameter by which an advertising service knows its click, as in
 *     {@code gclid}, without its value; empty if there was none
 */
record Origin(String host, String path, @Nullable Campaign campaign, String clickId) {

  /** No page led here and the address names no campaign. */
  static final Origin NONE = new Origin("", "", null, "");

  Origin {
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(clickId, "clickId");
  }
}
