package dk.sporlos.intake;

import dk.sporlos.door.Reason;

/** How a beacon ended, for whoever sent it to be told. */
sealed interface Ending {

  /**
   * It is durable.
   *
   * @param cleaned kinds of traces that were left out of it, separated by commas; empty if none
   *     were
   */
  record Stored(String cleaned) implements Ending {}

  /** It does not count, and will not if it is sent again. */
  record Ignored(Reason reason) implements Ending {}

  /**
   * There were too many.
   *
   * @param retryAfter seconds after which there may be room
   */
  record TooMany(Reason reason, String retryAfter) implements Ending {}

  /**
   * It could not be stored, and should be sent again.
   *
   * @param retryAfter seconds after which it may be
   */
  record NotStored(Reason reason, String retryAfter) implements Ending {}

  /** It is larger than what is read. */
  record TooLarge() implements Ending {}

  /** It never came whole, and nobody waits for an answer. */
  record Aborted() implements Ending {}

  /**
   * It cannot be read.
   *
   * @param subject what its dialect calls the part that is wrong; empty where it is all of it
   */
  record Malformed(String subject, String detail) implements Ending {}
}
