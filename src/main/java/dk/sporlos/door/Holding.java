package dk.sporlos.door;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the browser that asks about its rights, and may be told to it.
 *
 * @param cookie what its cookie says; null if it brought none that holds
 * @param visit the visit that is open under its cookie; null if there is none here
 * @param objects whether it remembers an objection
 * @param signals whether it sends Global Privacy Control or Do Not Track
 */
public record Holding(
    @Nullable HeldCookie cookie, @Nullable HeldVisit visit, boolean objects, boolean signals) {

  /**
   * A cookie without its number, which only the browser needs.
   *
   * @param name of the cookie
   * @param firstWeek the Monday of the week of the first visit
   * @param lastVisit the day to which the last visit belongs
   * @param cap the day on which it ends whatever the visits
   */
  public record HeldCookie(String name, LocalDate firstWeek, LocalDate lastVisit, LocalDate cap) {}

  /**
   * An open visit.
   *
   * @param number under which its hits are in the inbox
   * @param began when its first hit happened
   * @param steps page views and events so far, those that are not stored yet among them
   */
  public record HeldVisit(long number, Instant began, int steps) {}
}
