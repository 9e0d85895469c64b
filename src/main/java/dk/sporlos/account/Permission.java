package dk.sporlos.account;

import org.jspecify.annotations.Nullable;

/**
 * What somebody may do with a site: people by their role there, programs by the scope of a token.
 */
public enum Permission {
  /** Read rounded figures of its finished days. */
  GLANCE(Role.VIEWER, Scope.OUTSIDE),
  /** Read its figures. */
  READ(Role.VIEWER, Scope.STATS),
  /** See what figures are made of: goals, funnels, segments, annotations, properties. */
  LIST(Role.VIEWER, Scope.SITES),
  /** Change what figures are made of. */
  EDIT(Role.EDITOR, Scope.SITES),
  /** Everything of the site: its settings, its links, and its end. */
  OWN(Role.OWNER, Scope.SITES),
  /** Let others in: members, tokens and the like. No token does. */
  ADMIT(Role.OWNER, null),
  /** Bring in visits that were counted elsewhere. */
  IMPORT(Role.OWNER, Scope.IMPORT);

  private final Role role;
  private final @Nullable Scope scope;

  Permission(Role role, @Nullable Scope scope) {
    this.role = role;
    this.scope = scope;
  }

  /** The least role of people that allows it. */
  Role role() {
    return role;
  }

  /** The scope of tokens that allows it; null if none does. */
  @Nullable Scope scope() {
    return scope;
  }
}
