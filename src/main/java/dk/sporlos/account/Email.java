package dk.sporlos.account;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The e-mail address that an account is known by, in lower case.
 *
 * @param text as it is written to
 */
public record Email(String text) {
  private static final int LONGEST = 254;

  /* Whether there is such a mailbox is seen when mail arrives; this keeps out what is none. */
  private static final Pattern SHAPE =
      Pattern.compile("[^\\s@<>\"(),:;\\\\\\p{Cntrl}]{1,64}@[^\\s@<>\"(),:;\\\\\\p{Cntrl}]+");

  /**
   * Reads what a person wrote.
   *
   * @throws IllegalArgumentException with a message for them
   */
  public static Email parse(String text) {
    Email email = find(text);
    if (email == null) {
      throw new IllegalArgumentException(
          "that is no e-mail address; write it as in anna@example.com");
    }
    return email;
  }

  /** The same, and null if it is none. */
  static @Nullable Email find(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    return lower.length() <= LONGEST && SHAPE.matcher(lower).matches() ? new Email(lower) : null;
  }
}
