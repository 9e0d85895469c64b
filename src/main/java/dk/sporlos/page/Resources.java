package dk.sporlos.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Files that were packed into the jar. */
public final class Resources {
  private Resources() {}

  /**
   * A file that was packed beside a class.
   *
   * @throws IllegalStateException if it was not
   */
  public static byte[] read(Class<?> beside, String name) {
    try (InputStream resource = beside.getResourceAsStream(name)) {
      if (resource == null) {
        throw new IllegalStateException("the jar was built without " + name);
      }
      return resource.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + name, unreadable);
    }
  }
}
