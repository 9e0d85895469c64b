package dk.sporlos.door;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a tracker reports, the same whatever dialect it speaks.
 *
 * @param domain the site it names, in canonical spelling
 * @param referrer address of the page that led here; null if none was sent
 * @param properties what the website says of this action, values as text
 * @param viewportWidth in CSS pixels; null if not reported
 * @param consent whether the visitor agrees to a cookie; null if nothing was said
 * @param driven whether the browser says that a program drives it
 * @param nonce random text that a repeated beacon has in common with its first sending; null if the
 *     tracker does not repeat
 * @param age how long ago the beacon was first sent
 */
record Beacon(
    String domain,
    Url url,
    Action action,
    @Nullable String referrer,
    Map<String, String> properties,
    @Nullable Revenue revenue,
    @Nullable Integer viewportWidth,
    @Nullable Boolean consent,
    boolean driven,
    @Nullable String nonce,
    Duration age)
    implements Decoded {

  Beacon {
    Objects.requireNonNull(domain, "domain");
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(action, "action");
    Objects.requireNonNull(age, "age");
    properties = Map.copyOf(properties);
  }

  /** Addresses and properties may name a person, so nothing of them is printed. */
  @Override
  public String toString() {
    return "Beacon";
  }
}
