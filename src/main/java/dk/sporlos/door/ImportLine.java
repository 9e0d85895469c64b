package dk.sporlos.door;

import dk.sporlos.door.Action.Engagement;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A line of an import as it was sent. Everything in it may be of a person, so nothing of it is
 * printed, and it never leaves the door.
 *
 * @param visitor any text that lines of one visitor have in common
 * @param engaged how long and how far the page of a page view was looked at; null if the line does
 *     not say, and for every other
 */
record ImportLine(
    String visitor,
    Instant at,
    Beacon beacon,
    @Nullable Engagement engaged,
    ImportedClient client,
    ImportedPlace place,
    ImportedSource source) {

  ImportLine {
    Objects.requireNonNull(visitor, "visitor");
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(beacon, "beacon");
  }

  @Override
  public String toString() {
    return "ImportLine";
  }
}
