package dk.sporlos.intake;

import io.vertx.core.buffer.Buffer;
import java.util.Base64;

/** What pages get that report by asking for a picture. */
final class Picture {

  /** The smallest transparent GIF. */
  static final Buffer GIF =
      Buffer.buffer(
          Base64.getDecoder()
              .decode("R0lGODlhAQABAIAAAAAAAAAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw=="));

  private Picture() {}
}
