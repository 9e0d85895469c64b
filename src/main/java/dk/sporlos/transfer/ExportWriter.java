package dk.sporlos.transfer;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** Takes what an export is made of, piece after piece. */
@FunctionalInterface
public interface ExportWriter {

  /** Completes when it can take more; fails if nobody wants more. */
  Future<Void> write(Buffer piece);
}
