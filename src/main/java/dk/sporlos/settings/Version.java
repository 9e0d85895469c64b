package dk.sporlos.settings;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of the program, as the build wrote it. */
public final class Version {
  public static final String TEXT = read();

  /** What a person types to run this very program. */
  public static final String COMMAND = command(System.getProperty("java.class.path", ""));

  private Version() {}

  private static String command(String classPath) {
    boolean jar = classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator);
    return jar ? "java -jar " + classPath : "sporlos";
  }

  private static String read() {
    try (InputStream resource = Version.class.getResourceAsStream("version.properties")) {
      if (resource == null) {
        throw new IllegalStateException("built without version.properties");
      }
      Properties properties = new Properties();
      properties.load(resource);
      return properties.getProperty("version");
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
