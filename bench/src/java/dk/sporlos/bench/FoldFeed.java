package dk.sporlos.bench;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/** Hands ended visits to the fold, each second as many hits as arrived in the last. */
final class FoldFeed implements AutoCloseable {
  private final Serving serving;
  private final Vertx vertx;
  private final Promise<Void> over = Promise.promise();
  private double arrived;
  private volatile boolean stopped;

  FoldFeed(Serving serving) {
    this.serving = serving;
    this.vertx = serving.vertx();
    this.arrived = arrivals();
    vertx.getOrCreateContext().runOnContext(ignored -> pause());
  }

  private double arrivals() {
    return serving.metric("sporlos_beacons_total", "outcome=\"stored\"");
  }

  private void pause() {
    vertx.setTimer(1_000, timer -> turn());
  }

  private void turn() {
    if (stopped) {
      over.complete();
      return;
    }
    vertx
        .executeBlocking(this::arrivals)
        .compose(this::foldAsMany)
        .onFailure(failure -> System.err.println("not folded: " + failure))
        .onComplete(done -> pause());
  }

  private Future<Void> foldAsMany(double now) {
    long hits = (long) (now - arrived);
    arrived = now;
    return serving.history().fold(hits);
  }

  /** How many hits were folded until now. */
  long folded() {
    return serving.history().folded();
  }

  @Override
  public void close() {
    stopped = true;
    over.future().await();
  }
}
