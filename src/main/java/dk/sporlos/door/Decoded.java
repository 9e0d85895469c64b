package dk.sporlos.door;

import dk.sporlos.site.Dialect;

/** What a decoder made of one thing reported: a beacon, or what keeps it from being one. */
sealed interface Decoded permits Beacon, Decoded.Unreadable, Decoded.Uncounted {

  /**
   * Not a beacon.
   *
   * @param subject what the dialect calls the part that is wrong; empty where it is all of it
   * @param detail names what is wrong and how to mend it; repeats nothing of the request's values
   */
  record Unreadable(String subject, String detail) implements Decoded {
    Unreadable(String detail) {
      this("", detail);
    }
  }

  /**
   * A report of something that is never counted, such as who the visitor is.
   *
   * @param site as the tracker names it
   */
  record Uncounted(Dialect dialect, String site) implements Decoded {}
}
