package dk.sporlos.account;

import dk.sporlos.page.Language;
import java.time.LocalDate;

/**
 * Somebody who may sign in.
 *
 * @param admin whether everything is allowed, on every site
 * @param hasPassword false if the holder signs in another way
 * @param secondStep whether a code of a device is asked for beside the password
 * @param hasPasskey whether the holder may sign in by a passkey
 */
public record Account(
    int id,
    Email email,
    String name,
    boolean admin,
    Language language,
    boolean hasPassword,
    boolean secondStep,
    boolean hasPasskey,
    LocalDate createdOn) {
  private static final int LONGEST_NAME = 100;

  /**
   * A name as it is kept.
   *
   * @throws IllegalArgumentException with a message for whoever wrote it
   */
  public static String name(String text) {
    String name = text.strip();
    if (name.isEmpty()
        || name.length() > LONGEST_NAME
        || name.codePoints().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a name has 1 to 100 characters, all on one line");
    }
    return name;
  }
}
