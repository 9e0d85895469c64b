package dk.sporlos.door;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where an action belongs.
 *
 * @param visit random number of the visit
 * @param visitor random number of the visitor on the day on which the visit began
 * @param step position within the visit
 * @param at when it happened; no earlier than its visit began
 * @param introduced the visit, if this action is to say what is known of it; null if another does
 * @param byCookie whether it was recognised by the number of a cookie
 * @param given the cookie that the answer gives the browser; null for none
 */
record Recognised(
    long visit,
    long visitor,
    int step,
    Instant at,
    @Nullable OpenVisit introduced,
    boolean byCookie,
    @Nullable VisitorCookie given) {

  /** Whether it says what is known of the visit: usually, whether the visit begins with it. */
  boolean opens() {
    return introduced != null;
  }
}
