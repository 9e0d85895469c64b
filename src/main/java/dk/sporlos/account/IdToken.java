package dk.sporlos.account;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The claims of an ID token whose signature holds, held against what it has to be (OpenID Connect
 * Core 1.0, 3.1.3.7).
 */
record IdToken(JsonObject claims) {

  /** By how much the provider's clock may differ. */
  static final Duration SKEW = Duration.ofMinutes(1);

  private static final int LONGEST_SUBJECT = 255;

  /** What is wrong with it; null if nothing is. */
  @Nullable String fault(ProviderSettings provider, String nonce, Instant now) {
    if (!provider.isIssuer(text("iss"))) {
      return "another issuer";
    }
    List<String> audience = texts("aud");
    if (!audience.contains(provider.clientId())) {
      return "another audience";
    }
    String party = text("azp");
    if (party == null ? audience.size() > 1 : !party.equals(provider.clientId())) {
      return "another authorized party";
    }
    if (!Secret.isSame(nonce, Objects.requireNonNullElse(text("nonce"), ""))) {
      return "another nonce";
    }
    Instant end = instant("exp");
    Instant issued = instant("iat");
    Instant begin = instant("nbf");
    if (end == null || !end.isAfter(now.minus(SKEW))) {
      return "the past";
    }
    if (issued == null || issued.isAfter(now.plus(SKEW))) {
      return "the future";
    }
    if (begin != null && begin.isAfter(now.plus(SKEW))) {
      return "the future";
    }
    String subject = text("sub");
    return subject == null || subject.isEmpty() || subject.length() > LONGEST_SUBJECT
        ? "nobody"
        : null;
  }

  /** A claim that is a text; null if it is none. */
  @Nullable String text(String claim) {
    return claims.getValue(claim) instanceof String text ? text : null;
  }

  /** A claim that is a text or a list of them; empty if it is neither. */
  List<String> texts(String claim) {
    Object value = claims.getValue(claim);
    if (value instanceof String text) {
      return List.of(text);
    }
    return value instanceof JsonArray array
        ? array.stream().filter(String.class::isInstance).map(String.class::cast).toList()
        : List.of();
  }

  private @Nullable Instant instant(String claim) {
    return claims.getValue(claim) instanceof Number seconds
        ? Instant.ofEpochSecond(seconds.longValue())
        : null;
  }

  @Override
  public String toString() {
    return "IdToken";
  }
}
