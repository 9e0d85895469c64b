package dk.sporlos.testing;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The sweep as a command, for tests that are not written in Java: reads secrets from standard input
 * as a JSON object, name to text, and prints what is found of them in the files and directories
 * that are named, one to a line. With {@code target/sporlos.jar} on the class path it needs nothing
 * else.
 */
public final class CanarySweep {
  private CanarySweep() {}

  /** Sweeps files and directories. */
  public static void main(String[] places) throws IOException {
    Canaries canaries = new Canaries();
    new JsonObject(new String(System.in.readAllBytes(), StandardCharsets.UTF_8))
        .forEach(secret -> canaries.addText(secret.getKey(), secret.getValue().toString()));
    for (String place : places) {
      canaries.under(Path.of(place)).forEach(System.out::println);
    }
  }
}
