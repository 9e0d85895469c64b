package dk.sporlos.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page of the documentation that is generated, checked in, and must not be stale. */
public final class GeneratedPage {
  private GeneratedPage() {}

  /**
   * Fails if the page that is checked in is another; with {@code -Dregenerate=true} writes it.
   *
   * @param name of the file in {@code docs}
   * @param test that makes the page, named in the message
   */
  public static void check(String name, String content, Class<?> test) throws IOException {
    Path file = Path.of("docs", name);
    if (Boolean.getBoolean("regenerate")) {
      Files.writeString(file, content);
      return;
    }
    String checkedIn = Files.exists(file) ? Files.readString(file) : "";
    assertThat(checkedIn)
        .as(
            "%s is stale; run mvn test -Dexec.skip -Dtest=%s -Dregenerate=true and commit it",
            file, test.getSimpleName())
        .isEqualTo(content);
  }
}
