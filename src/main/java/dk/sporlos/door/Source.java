package dk.sporlos.door;

import java.util.Objects;

/**
 * What led to a visit.
 *
 * @param channel kind of source, as in {@code Organic Search}
 * @param name of the source, as in {@code Google}; empty for a direct visit
 * @param host of the page that led here, cleaned; empty if there was none
 * @param path of that page, cleaned; empty if there was none or it is not to be kept
 */
public record Source(String channel, String name, String host, String path) {

  /** No other page led here. */
  public static final Source DIRECT = new Source("Direct", "", "", "");

  public Source {
    Objects.requireNonNull(channel, "channel");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(path, "path");
  }
}
