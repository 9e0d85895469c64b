package dk.sporlos.account;

import dk.sporlos.http.HandshakeCookie;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What ties a browser that is sent to the provider to the one that comes back.
 *
 * @param secret known to the browser alone, by its cookie
 * @param next where it goes on
 */
record Handshake(Secret secret, String next) {

  /*
   * All that the provider is told is derived from the secret, so nothing has to be kept here until
   * the browser is back, by whichever process of the installation it comes back. What the provider
   * answers to holds once: the code is used up, and the cookie is taken back.
   */
  static Handshake draw(SecureRandom random, String next) {
    return new Handshake(Secret.draw(random), next);
  }

  /** Reads what {@link #cookie} wrote; null if it is none. */
  static @Nullable Handshake of(@Nullable String cookie) {
    if (cookie == null || cookie.length() > HandshakeCookie.LONGEST) {
      return null;
    }
    int dot = cookie.indexOf('.');
    if (dot < 20) {
      return null;
    }
    try {
      byte[] next = Base64.getUrlDecoder().decode(cookie.substring(dot + 1));
      return new Handshake(
          new Secret(cookie.substring(0, dot)),
          Next.local(new String(next, StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException unreadable) {
      return null;
    }
  }

  String cookie() {
    return secret.text()
        + "."
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(next.getBytes(StandardCharsets.UTF_8));
  }

  /** By which the answer is known to be for this browser (RFC 6749, 10.12). */
  String state() {
    return secret.derived("state");
  }

  /** By which the token is known to be of this handshake (OpenID Connect Core, 3.1.2.1). */
  String nonce() {
    return secret.derived("nonce");
  }

  /** By which the code is of use to this server alone (RFC 7636). */
  String verifier() {
    return secret.derived("verifier");
  }

  /** What the provider is told of the verifier beforehand. */
  String challenge() {
    return Secret.digest(verifier());
  }

  @Override
  public String toString() {
    return "Handshake";
  }
}
