package dk.sporlos.http;

import io.vertx.core.json.jackson.JacksonCodec;
import io.vertx.core.spi.JsonFactory;
import io.vertx.core.spi.json.JsonCodec;

/**
 * Reads and writes JSON without binding it to classes. What verifies passkeys brings a library that
 * does bind, and Vert.x would take that one for everything, beacons among it, only because it is
 * there.
 */
public final class PlainJson implements JsonFactory {

  @Override
  public int order() {
    return 0;
  }

  @Override
  public JsonCodec codec() {
    return new JacksonCodec();
  }
}
