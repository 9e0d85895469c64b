package dk.sporlos.intake;

import dk.sporlos.door.Door;
import dk.sporlos.http.BodyBudget;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Clock;

/** The routes of beacons, whose hits go into a store of the test. */
final class TestBeacons {

  /** What is counted is not written. */
  private static final Pool NO_POOL = null;

  private TestBeacons() {}

  static BeaconRoutes routes(Vertx vertx, Door door, HitStore store, MeterRegistry meters) {
    return new BeaconRoutes(
        door,
        new Reception(
            vertx,
            new Intake(vertx, store, new Intake.Bounds(100, 1_000_000), () -> null, meters),
            new Refusals(NO_POOL, Clock.systemUTC()),
            new Cleanings(NO_POOL, Clock.systemUTC(), meters),
            meters),
        new BodyBudget(1_000_000, meters));
  }
}
