package dk.sporlos.door;

import java.util.List;

/**
 * What a decoder made of a request.
 *
 * @param bulk whether it is in a form for several
 * @param quiet whether the sender asks for no picture and no report in return
 */
record Message(List<Decoded> items, boolean bulk, boolean quiet) {
  Message {
    items = List.copyOf(items);
  }

  /** A request for one. */
  static Message of(Decoded item) {
    return new Message(List.of(item), /* bulk= */ false, /* quiet= */ false);
  }

  /** A request that is wrong as a whole. */
  static Message unreadable(String subject, String detail) {
    return of(new Decoded.Unreadable(subject, detail));
  }
}
