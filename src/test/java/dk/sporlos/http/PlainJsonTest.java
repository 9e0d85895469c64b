package dk.sporlos.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.Json;
import io.vertx.core.json.jackson.JacksonCodec;
import org.junit.jupiter.api.Test;

/** What JSON is read and written with. */
class PlainJsonTest {

  @Test
  void nothingIsBoundToClasses() {
    assertThat(Json.CODEC).isExactlyInstanceOf(JacksonCodec.class);
  }
}
