package dk.sporlos.account;

import dk.sporlos.page.Resources;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Passwords that many have chosen, and that are therefore tried first. */
final class CommonPasswords {
  private static final CommonPasswords SHIPPED = read();

  private final Set<String> words;

  private CommonPasswords(Set<String> words) {
    this.words = words;
  }

  /** The list that is packed into the jar; those too short to be taken anyway are not in it. */
  static CommonPasswords shipped() {
    return SHIPPED;
  }

  private static CommonPasswords read() {
    String text =
        new String(
            Resources.read(CommonPasswords.class, "common-passwords.txt"), StandardCharsets.UTF_8);
    return new CommonPasswords(
        text.lines()
            .filter(line -> !line.startsWith("#") && !line.isEmpty())
            .collect(Collectors.toUnmodifiableSet()));
  }

  /** Also if it was made longer by saying it again, or by digits at its end. */
  boolean holds(String password) {
    String lower = password.toLowerCase(Locale.ROOT);
    String root = lower.replaceFirst("[\\d!.?*#_-]+$", "");
    return words.contains(lower)
        || words.contains(root)
        || root.length() <= 3
        || repeats(lower)
        || lower.codePoints().distinct().count() <= 3;
  }

  /** Whether it is little more than the address of its account, or this software's name. */
  static boolean isAlike(String password, Email email) {
    String lower = password.toLowerCase(Locale.ROOT);
    String name = email.text().substring(0, email.text().indexOf('@'));
    return lower.equals(email.text())
        || lower.replaceFirst("[\\d!.?*#_-]+$", "").equals(name)
        || lower.startsWith("sporlos")
        || lower.startsWith("sporløs");
  }

  private boolean repeats(String password) {
    for (int length = 1; length <= password.length() / 2; length++) {
      String part = password.substring(0, length);
      if (password.length() % length == 0
          && part.repeat(password.length() / length).equals(password)
          && (length <= 4 || words.contains(part))) {
        return true;
      }
    }
    return false;
  }
}
