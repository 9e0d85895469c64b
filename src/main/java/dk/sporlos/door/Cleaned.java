package dk.sporlos.door;

import java.util.Map;
import java.util.Objects;

/**
 * What is kept of a beacon's texts.
 *
 * @param properties without those that are named like a person
 * @param traces how many of each kind were found; kinds that were not are absent
 */
record Cleaned(
    Page page,
    Action action,
    Origin origin,
    Map<String, String> properties,
    Map<Trace, Integer> traces) {

  Cleaned {
    Objects.requireNonNull(page, "page");
    Objects.requireNonNull(action, "action");
    Objects.requireNonNull(origin, "origin");
    properties = Map.copyOf(properties);
    traces = Map.copyOf(traces);
  }
}
