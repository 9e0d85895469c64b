package dk.sporlos.account;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who somebody is, as a provider says.
 *
 * @param issuer the provider
 * @param subject name of the person there, which stays the same
 * @param email null if none is told that is known to be theirs
 * @param name null if none is told
 */
record ProviderIdentity(
    String issuer,
    String subject,
    @Nullable Email email,
    @Nullable String name,
    List<String> groups) {
  ProviderIdentity {
    groups = List.copyOf(groups);
  }

  @Override
  public String toString() {
    return "ProviderIdentity";
  }
}
