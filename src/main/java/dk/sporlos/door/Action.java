package dk.sporlos.door;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the visitor did. */
public sealed interface Action {

  /** Opened a page. */
  record PageView() implements Action {}

  /**
   * Did something that the website gave a name.
   *
   * @param interactive false if it does not end a bounce
   */
  record Event(String name, boolean interactive) implements Action {
    public Event {
      Objects.requireNonNull(name, "name");
    }
  }

  /**
   * Stayed on a page already viewed. Never opens a visit.
   *
   * @param engaged how long the page was visible and focused since the last report
   * @param scroll deepest point reached, 0 to 100 percent; null if not reported
   */
  record Engagement(Duration engaged, @Nullable Integer scroll) implements Action {
    public Engagement {
      Objects.requireNonNull(engaged, "engaged");
    }
  }

  /**
   * Heard from the browser how a page loaded, reacted and held still. Belongs to no visit.
   *
   * @param buckets numbers of the buckets that the figures are counted in, see {@link Vital}; at
   *     least one
   * @param device class of what the browser runs on; empty if it is not known, or not looked at yet
   */
  record Vitals(Map<Vital, Integer> buckets, String device) implements Action {
    public Vitals {
      Objects.requireNonNull(device, "device");
      buckets = Map.copyOf(buckets);
    }

    /** The same on a device. */
    Vitals on(String looked) {
      return new Vitals(buckets, looked);
    }
  }
}
