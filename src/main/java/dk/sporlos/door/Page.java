package dk.sporlos.door;

import java.util.Objects;

/**
 * A page of a site.
 *
 * @param host in lower case, without a leading {@code www.}
 * @param path cleaned: no query, no fragment; begins with a slash
 */
public record Page(String host, String path) {
  public Page {
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(path, "path");
  }
}
