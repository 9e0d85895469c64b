package dk.sporlos.door;

import dk.sporlos.site.Dialect;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a tracker reports, the same whatever dialect it speaks.
 *
 * @param dialect in which the tracker speaks
 * @param site as the tracker names it: by its domain in canonical spelling, or as another product
 *     called it
 * @param referrer address of the page that led here; null if none was sent
 * @param properties what the website says of this action, values as text
 * @param viewportWidth in CSS pixels; null if not reported
 * @param consent whether the visitor agrees to a cookie; null if nothing was said
 * @param driven whether the browser says that a program drives it
 * @param nonce random text that a repeated beacon has in common with its first sending; null if the
 *     tracker does not repeat
 * @param age how long ago the beacon was first sent
 * @param onBehalf for whom a server says it sends it
 */
record Beacon(
    Dialect dialect,
    String site,
    Url url,
    Action action,
    @Nullable String referrer,
    Map<String, String> properties,
    @Nullable Revenue revenue,
    @Nullable Integer viewportWidth,
    @Nullable Boolean consent,
    boolean driven,
    @Nullable String nonce,
    Duration age,
    OnBehalf onBehalf)
    implements Decoded {

  Beacon {
    Objects.requireNonNull(dialect, "dialect");
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(action, "action");
    Objects.requireNonNull(age, "age");
    Objects.requireNonNull(onBehalf, "onBehalf");
    properties = Map.copyOf(properties);
  }

  /** The same of another page, or sent at another time. */
  Beacon with(Url page, Duration since) {
    return new Beacon(
        dialect,
        site,
        page,
        action,
        referrer,
        properties,
        revenue,
        viewportWidth,
        consent,
        driven,
        nonce,
        since,
        onBehalf);
  }

  /** Addresses and properties may name a person, so nothing of them is printed. */
  @Override
  public String toString() {
    return "Beacon";
  }
}
