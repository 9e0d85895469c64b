package dk.sporlos.account;

import java.util.Locale;

/** What somebody showed to sign in. */
enum Way {
  /** The password alone. */
  PASSWORD,
  /** A code of a device, or one for its loss, after the password. */
  CODE,
  /** A passkey, of which the device knew its holder. */
  PASSKEY,
  /** What the provider asked for, which is the provider's matter. */
  PROVIDER;

  /** The word of it in table {@code session}. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Way of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
