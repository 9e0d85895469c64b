package dk.sporlos.intake;

import dk.sporlos.door.Hit;
import dk.sporlos.spool.Batch;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what it is given, and ends each write as the test says; without that it throws. */
final class FakeHitStore implements HitStore {
  final List<Hit> hits = new CopyOnWriteArrayList<>();
  volatile Set<Integer> setAside = Set.of();
  volatile Promise<Void> outcome = Promise.promise();

  FakeHitStore() {
    outcome.complete();
  }

  @Override
  public Future<Set<Integer>> write(Batch batch) {
    Promise<Void> decided = outcome;
    if (decided == null) {
      throw new IllegalStateException("broken");
    }
    hits.addAll(batch.hits());
    return decided.future().map(done -> setAside);
  }
}
