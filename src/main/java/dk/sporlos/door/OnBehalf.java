package dk.sporlos.door;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whom a server says it sends a beacon for. Nothing of it is believed of a sender without a token
 * of scope {@code send}; it lives as long as the judging of its beacon.
 *
 * @param address where the visitor came from; null if nothing is said
 * @param agent the visitor's agent string; null if nothing is said
 * @param language the visitor's {@code Accept-Language}; null if nothing is said
 * @param at when it happened; null for now
 * @param token that came with it elsewhere than in the header {@code Authorization}; null if none
 *     did
 */
record OnBehalf(
    @Nullable Address address,
    @Nullable String agent,
    @Nullable String language,
    @Nullable Instant at,
    @Nullable String token) {

  /** Nothing is said. */
  static final OnBehalf NOBODY = new OnBehalf(null, null, null, null, null);

  /** Whether it names a visitor, or a time. */
  boolean names() {
    return address != null || agent != null || language != null || at != null;
  }

  @Override
  public String toString() {
    return "OnBehalf";
  }
}
