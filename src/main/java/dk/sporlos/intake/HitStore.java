package dk.sporlos.intake;

import dk.sporlos.door.Hit;
import io.vertx.core.Future;
import java.util.List;

/** Where hits become durable. */
public interface HitStore {

  /** Commits all of the hits or none; completes after the commit. */
  Future<Void> write(List<Hit> hits);
}
