package dk.sporlos;

import io.vertx.core.Future;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Supplier;

/** How to stop what has been started, the last started first. */
final class Stops {
  private final Deque<Supplier<Future<?>>> stops = new ConcurrentLinkedDeque<>();

  /** Adds what was just started. */
  void push(Supplier<Future<?>> stop) {
    stops.push(stop);
  }

  /** Stops one after the other, also when one of them fails; what was stopped is forgotten. */
  Future<Void> run() {
    Supplier<Future<?>> next = stops.poll();
    return next == null ? Future.succeededFuture() : next.get().transform(stopped -> run());
  }
}
