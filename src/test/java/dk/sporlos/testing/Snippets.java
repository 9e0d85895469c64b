package dk.sporlos.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code docs/operations.md} shows in order to be copied. */
public final class Snippets {
  private static final Path PAGE = Path.of("docs/operations.md");

  private Snippets() {}

  /** The only block of a language, as ``` names it. */
  public static String of(String language) throws IOException {
    Matcher matcher =
        Pattern.compile("^```" + language + "\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE)
            .matcher(Files.readString(PAGE));
    if (!matcher.find()) {
      throw new IllegalStateException("no block of " + language + " in " + PAGE);
    }
    String block = matcher.group(1);
    if (matcher.find()) {
      throw new IllegalStateException("two blocks of " + language + " in " + PAGE);
    }
    return block;
  }
}
