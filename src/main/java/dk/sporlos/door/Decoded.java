package dk.sporlos.door;

/** What a decoder made of a request: a beacon, or what keeps it from being one. */
sealed interface Decoded permits Beacon, Decoded.Unreadable {

  /**
   * Not a beacon.
   *
   * @param detail names what is wrong and how to mend it; repeats nothing of the request's values
   */
  record Unreadable(String detail) implements Decoded {}
}
