package dk.sporlos.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The decoder against the schema that the tracker's types are made of. */
class BeaconContractTest {

  static List<JsonObject> examples() throws IOException {
    String schema = Files.readString(Path.of("contract/beacon.schema.json"));
    return new JsonObject(schema)
        .getJsonArray("examples").stream().map(JsonObject.class::cast).toList();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleOfTheContractIsDecoded(JsonObject example) {
    assertThat(BeaconDecoder.decode(Buffer.buffer(example.encode())))
        .isInstanceOfSatisfying(
            Beacon.class, beacon -> assertThat(beacon.site()).isEqualTo(example.getString("d")));
  }
}
