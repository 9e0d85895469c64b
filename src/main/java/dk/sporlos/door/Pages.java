package dk.sporlos.door;

import org.jspecify.annotations.Nullable;

/** Reads addresses of pages that may lack their beginning. */
final class Pages {
  private Pages() {}

  /**
   * An address, or a path on a host; null if it is neither.
   *
   * @param host name as the tracker says it; null or empty for the site's own
   */
  static @Nullable Url url(@Nullable String text, @Nullable String host) {
    String address = text == null || text.isBlank() ? "/" : text.strip();
    if (Url.hostOf(address) != null || address.contains("://")) {
      return Url.parse(address);
    }
    String path = address.startsWith("/") || address.startsWith("?") ? address : "/" + address;
    return host == null || host.isBlank()
        ? Url.onSite(path)
        : Url.parse("https://" + host.strip() + path);
  }
}
