package dk.sporlos.door;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a visit as a whole. It comes with the hit that opens the visit.
 *
 * @param campaign null if there was none
 */
public record Attributes(Client client, Place place, Source source, @Nullable Campaign campaign) {
  public Attributes {
    Objects.requireNonNull(client, "client");
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(source, "source");
  }
}
