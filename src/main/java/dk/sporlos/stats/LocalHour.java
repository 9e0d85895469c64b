package dk.sporlos.stats;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * An hour of a zone's wall clock, not longer than until the clock is changed.
 *
 * <p>The hour that is lived through twice in autumn is two of these, with the same label.
 *
 * @param key what column {@code visit.hour} holds for visits that began within it
 * @param start its first instant
 * @param end the first instant after it
 * @param label what the wall clock shows, minutes cut off
 */
record LocalHour(Instant key, Instant start, Instant end, LocalDateTime label) {

  /*
   * PostgreSQL cuts an instant off to the hour under the instant's own offset. Where the clock
   * changes by half an hour, the key so found lies up to half an hour before the change, outside of
   * the hour that it stands for.
   */
  static LocalHour of(Instant instant, ZoneId zone) {
    ZoneRules rules = zone.getRules();
    LocalDateTime label = LocalDateTime.ofInstant(instant, zone).truncatedTo(ChronoUnit.HOURS);
    Instant key = label.toInstant(rules.getOffset(instant));
    Instant end = key.plus(1, ChronoUnit.HOURS);
    ZoneOffsetTransition before = rules.previousTransition(instant.plusSeconds(1));
    ZoneOffsetTransition after = rules.nextTransition(instant);
    return new LocalHour(
        key,
        before != null && before.getInstant().isAfter(key) ? before.getInstant() : key,
        after != null && after.getInstant().isBefore(end) ? after.getInstant() : end,
        label);
  }
}
