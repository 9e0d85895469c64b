package dk.sporlos.door;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A shipped list of names and of what they stand for, a line each: {@code Name = this that}. */
final class NameList {
  private static final String IS = " = ";

  private NameList() {}

  /**
   * Reads a list from the class path.
   *
   * @param separator between the things that a name stands for
   * @return the name by each thing; the first line that names a thing holds
   */
  static Map<String, String> read(String file, String separator) {
    Map<String, String> nameByThing = new HashMap<>();
    for (String line : lines(file)) {
      int is = line.indexOf(IS);
      if (is <= 0) {
        throw new IllegalStateException(file + " has a line that says nothing: " + line);
      }
      for (String thing : line.substring(is + IS.length()).split(separator, -1)) {
        nameByThing.putIfAbsent(thing, line.substring(0, is));
      }
    }
    return nameByThing;
  }

  /** The lines of a file beside this class that are no remarks. */
  private static List<String> lines(String file) {
    try (InputStream list = NameList.class.getResourceAsStream(file)) {
      if (list == null) {
        throw new IllegalStateException(file + " is missing from the class path");
      }
      return new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8))
          .lines()
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
