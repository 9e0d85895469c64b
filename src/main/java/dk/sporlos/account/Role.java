package dk.sporlos.account;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a member may do on a site; each may do what those before it may. */
public enum Role {
  /** Reads figures. */
  VIEWER,
  /** Also changes what figures are made of: goals, funnels, segments, annotations. */
  EDITOR,
  /** Also changes the site, its members, links and tokens, and reads its audit. */
  OWNER;

  /** As people write it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role of a label; null if there is none. */
  public static @Nullable Role find(String label) {
    for (Role role : values()) {
      if (role.label().equals(label.strip().toLowerCase(Locale.ROOT))) {
        return role;
      }
    }
    return null;
  }

  boolean includes(Role other) {
    return compareTo(other) >= 0;
  }
}
