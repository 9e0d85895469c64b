package dk.sporlos.account;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A provider of OpenID Connect by which people sign in, and what it is asked and believed.
 *
 * @param issuer its address, of which discovery begins
 * @param clientId by which it knows this server
 * @param clientSecret null if it knows this server by PKCE alone
 * @param name as people know it
 * @param scopes what it is asked for
 * @param groupsClaim the claim that names a person's groups
 * @param roles what the groups give
 * @param trustsAddresses whether an address is the person's although the provider does not say that
 *     it has verified it
 */
public record ProviderSettings(
    URI issuer,
    String clientId,
    @Nullable String clientSecret,
    String name,
    List<String> scopes,
    String groupsClaim,
    GroupRoles roles,
    boolean trustsAddresses) {
  public ProviderSettings {
    scopes = List.copyOf(scopes);
  }

  /** Whether what an issuer calls itself is this one; a slash at the end is no difference. */
  boolean isIssuer(@Nullable String said) {
    return said != null && withoutSlash(said).equals(withoutSlash(issuer.toString()));
  }

  static String withoutSlash(String address) {
    return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
  }

  @Override
  public String toString() {
    return "ProviderSettings[" + issuer + "]";
  }
}
