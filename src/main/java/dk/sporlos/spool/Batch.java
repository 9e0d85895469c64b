package dk.sporlos.spool;

import dk.sporlos.door.Action;
import dk.sporlos.door.Hit;
import dk.sporlos.site.SiteId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * Hits that become durable together, all or none.
 *
 * @param id random number, by which a batch that is sent again is known
 * @param hits at least one; either all of vitals or none
 */
public record Batch(UUID id, List<Hit> hits) {
  public Batch {
    Objects.requireNonNull(id, "id");
    hits = List.copyOf(hits);
    if (hits.isEmpty()) {
      throw new IllegalArgumentException("a batch has at least one hit");
    }
    if (hits.stream().map(Batch::isOfVitals).distinct().count() > 1) {
      throw new IllegalArgumentException("vitals share no batch with visits");
    }
  }

  /** A new batch of hits. */
  public static Batch of(List<Hit> hits) {
    return new Batch(UUID.randomUUID(), hits);
  }

  /** Whether a hit is counted with vitals, which share no transaction with visits. */
  public static boolean isOfVitals(Hit hit) {
    return hit.action() instanceof Action.Vitals;
  }

  /** Whether its hits are. */
  public boolean isOfVitals() {
    return isOfVitals(hits.get(0));
  }

  /** The site under which the batch is remembered: that of its first hit. */
  public SiteId site() {
    return hits.get(0).site();
  }

  /** When the oldest of the hits was received. */
  public Instant oldest() {
    Instant oldest = hits.get(0).at();
    for (Hit hit : hits) {
      oldest = hit.at().isBefore(oldest) ? hit.at() : oldest;
    }
    return oldest;
  }
}
