package dk.sporlos.door;

import java.util.Locale;

/** Something in an address or a property that could lead back to a person, and is not kept. */
public enum Trace {
  EMAIL,
  CPR,
  PHONE,
  IBAN,
  CARD,
  JWT,
  ID,

  /** A property that is named like a person; name and value are left out. */
  PROPERTY;

  /** The kind as it stands in the header {@code Sporlos-Cleaned}, in metrics and in the table. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What stands in the place of one that was found in a text. */
  String placeholder() {
    return ":" + label();
  }
}
