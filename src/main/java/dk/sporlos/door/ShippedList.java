package dk.sporlos.door;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A list that is shipped: a file beside this class, one entry a line. */
final class ShippedList {
  private ShippedList() {}

  /** Its entries in order, without remarks, which begin with {@code #}, and empty lines. */
  static List<String> read(String name) {
    try (InputStream list = ShippedList.class.getResourceAsStream(name)) {
      if (list == null) {
        throw new IllegalStateException(
            name + " is missing; build it: npm ci && npm run build, in directory lists");
      }
      return new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8))
          .lines()
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }
}
