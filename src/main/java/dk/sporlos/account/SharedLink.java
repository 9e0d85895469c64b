package dk.sporlos.account;

import dk.sporlos.site.SiteId;
import io.vertx.core.json.JsonArray;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A secret address at which anybody who knows it sees rounded figures of a site.
 *
 * @param id its number
 * @param passwordHash null if no password is asked for
 * @param usedOn day on which it was last used; null if never
 */
public record SharedLink(
    int id,
    SiteId site,
    Terms terms,
    @Nullable String passwordHash,
    LocalDate createdOn,
    @Nullable LocalDate usedOn) {

  /**
   * What a link shows, to whom, and until when.
   *
   * @param name what its owner calls it
   * @param filters segment of the visits that are counted; empty if all are
   * @param frames where pages may show it in a frame
   * @param expiresOn first day (UTC) on which it opens nothing; null for never
   */
  public record Terms(
      String name, JsonArray filters, Frames frames, @Nullable LocalDate expiresOn) {

    private static final int LONGEST_NAME = 100;

    /**
     * @throws IllegalArgumentException with a message for whoever asked for it
     */
    public Terms {
      if (name.isBlank()
          || name.length() > LONGEST_NAME
          || name.codePoints().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException(
            "name: write from 1 to %d characters on one line".formatted(LONGEST_NAME));
      }
      filters = filters.copy();
    }

    @Override
    public JsonArray filters() {
      return filters.copy();
    }
  }

  /**
   * Where pages may show a link in a frame.
   *
   * @param origins as browsers compare them (CSP level 3, frame-ancestors); {@code *} for any; none
   *     for nowhere
   */
  public record Frames(List<String> origins) {
    private static final int MOST = 20;
    private static final String ORIGIN =
        "https?://(\\*\\.)?[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?(:[0-9]{1,5})?";

    /** Nowhere. */
    public static final Frames NONE = new Frames(List.of());

    /** On pages of every website. */
    static final Frames ANYWHERE = new Frames(List.of("*"));

    /**
     * @throws IllegalArgumentException with a message for whoever asked for it
     */
    public Frames {
      origins = origins.stream().map(origin -> origin.toLowerCase(Locale.ROOT)).toList();
      if (origins.size() > MOST) {
        throw new IllegalArgumentException(
            "frames: write at most %d origins, or * for any".formatted(MOST));
      }
      for (String origin : origins) {
        if (!origin.equals("*") && !origin.matches(ORIGIN)) {
          throw new IllegalArgumentException(
              "frames: '%s' is no origin; write them as in https://example.com, or * for any"
                  .formatted(origin.length() > 100 ? origin.substring(0, 100) : origin));
        }
      }
    }

    boolean isNone() {
      return origins.isEmpty();
    }

    /** As the header of a page says it. */
    String directive() {
      return "frame-ancestors " + (isNone() ? "'none'" : String.join(" ", origins));
    }
  }

  @Override
  public String toString() {
    return "SharedLink[" + id + "]";
  }
}
