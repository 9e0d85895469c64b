package dk.sporlos.door;

import java.util.Objects;

/**
 * A page of a site.
 *
 * @param host in lower case, without a leading {@code www.}
 * @param path cleaned; begins with a slash. Of query and fragment it has only what the site says is
 *     part of its pages
 */
public record Page(String host, String path) {
  public Page {
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(path, "path");
  }
}
