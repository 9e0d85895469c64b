package dk.sporlos.intake;

import dk.sporlos.door.Hit;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what it is given, and ends each write as the test says; without that it throws. */
final class FakeHitStore implements HitStore {
  final List<Hit> hits = new CopyOnWriteArrayList<>();
  volatile Promise<Void> outcome = Promise.promise();

  FakeHitStore() {
    outcome.complete();
  }

  @Override
  public Future<Void> write(List<Hit> written) {
    Promise<Void> decided = outcome;
    if (decided == null) {
      throw new IllegalStateException("broken");
    }
    hits.addAll(written);
    return decided.future();
  }
}
