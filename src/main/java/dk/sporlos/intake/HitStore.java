package dk.sporlos.intake;

import dk.sporlos.door.Hit;
import dk.sporlos.spool.Batch;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;

/** Where hits become durable. */
public interface HitStore {

  /**
   * Commits all of the hits or none, once however often the same batch is written; completes after
   * the commit. A hit that can never be stored is set aside in the same commit.
   *
   * @return positions within the batch of the hits that were set aside
   */
  Future<Set<Integer>> write(Batch batch);

  /** Commits hits as a batch of their own. */
  default Future<Void> write(List<Hit> hits) {
    return hits.isEmpty() ? Future.succeededFuture() : write(Batch.of(hits)).mapEmpty();
  }
}
