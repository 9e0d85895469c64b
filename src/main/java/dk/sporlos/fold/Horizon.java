package dk.sporlos.fold;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;

/**
 * The present as the fold knows it: no hit that was received before it is still on its way to the
 * inbox.
 *
 * <p>Lies behind the clock while hits wait in a spool, here or on another node: a visit that was
 * folded without them would leave them behind as a visit of their own.
 */
@FunctionalInterface
public interface Horizon {

  /** The instant before which every hit is in the inbox; fails if nobody can tell. */
  Future<Instant> now();

  /** The present of a clock, where no hit waits anywhere. */
  static Horizon of(Clock clock) {
    return () -> Future.succeededFuture(clock.instant());
  }
}
