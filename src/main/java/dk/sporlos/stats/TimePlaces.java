package dk.sporlos.stats;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Moments of a period by their place in it, so that the first day is compared with the first.
 *
 * @param time index of the dimension of time; -1 if there is none
 */
record TimePlaces(int time, Map<String, Integer> placesByLabel) {
  static TimePlaces of(Query query, Period period) {
    Map<String, Integer> places = new HashMap<>();
    query
        .timeDimension()
        .ifPresent(time -> period.labels(time).forEach(label -> places.put(label, places.size())));
    return new TimePlaces(
        query.timeDimension().map(time -> query.dimensions().indexOf(time)).orElse(-1), places);
  }

  /** By what rows of two periods are compared. */
  List<String> key(Answer.Row row) {
    if (time < 0) {
      return row.dimensions();
    }
    List<String> key = new ArrayList<>(row.dimensions());
    key.set(time, String.valueOf(placesByLabel.get(key.get(time))));
    return key;
  }
}
