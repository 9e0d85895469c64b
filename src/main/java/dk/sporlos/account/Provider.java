package dk.sporlos.account;

import dk.sporlos.metrics.FailureLog;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.oauth2.OAuth2Auth;
import io.vertx.ext.auth.oauth2.OAuth2AuthorizationURL;
import io.vertx.ext.auth.oauth2.OAuth2FlowType;
import io.vertx.ext.auth.oauth2.OAuth2Options;
import io.vertx.ext.auth.oauth2.Oauth2Credentials;
import io.vertx.ext.auth.oauth2.providers.OpenIDConnectAuth;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The provider of OpenID Connect, asked over HTTP: authorization code with PKCE, and an ID token
 * whose signature is of the provider's keys. Fails with {@link ProviderFault.SignInException}.
 */
final class Provider {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** For so long it is believed to have the addresses and keys that it published. */
  private static final Duration FRESH = Duration.ofHours(1);

  /** A provider that did not answer is left alone for so long. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  /**
   * The codes of errors with which no token is given (RFC 6749, 5.2), of which one is nobody's
   * fault.
   */
  private static final String USED_OR_LATE = "invalid_grant";

  private static final List<String> ERRORS =
      List.of(
          "invalid_client",
          "invalid_request",
          "invalid_scope",
          "unauthorized_client",
          "unsupported_grant_type");

  /* The library sends both in a header as they are, where others would have to be encoded. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._~-]*");

  private final Vertx vertx;
  private final ProviderSettings settings;
  private final String redirect;
  private final Clock clock;
  private final FailureLog away = new FailureLog("the provider that signs people in is away");
  private final Map<String, FailureLog> unfit = new ConcurrentHashMap<>();
  private @Nullable Found found;

  /**
   * @param redirect the address of this server to which browsers come back
   */
  Provider(Vertx vertx, ProviderSettings settings, String redirect, Clock clock) {
    this.vertx = vertx;
    this.settings = settings;
    this.redirect = redirect;
    this.clock = clock;
  }

  ProviderSettings settings() {
    return settings;
  }

  /** What was discovered, or is being discovered, and since when. */
  private record Found(Future<OAuth2Auth> provider, Instant at) {}

  /** Where a browser goes to be signed in. */
  Future<String> address(Handshake handshake) {
    return discover()
        .map(
            provider ->
                provider.authorizeURL(
                    new OAuth2AuthorizationURL()
                        .setRedirectUri(redirect)
                        .setScopes(settings.scopes())
                        .setState(handshake.state())
                        .setCodeChallenge(handshake.challenge())
                        .setCodeChallengeMethod("S256")
                        .putAdditionalParameter("nonce", handshake.nonce())));
  }

  /** Who came back with a code. */
  Future<ProviderIdentity> identify(Handshake handshake, String code) {
    return discover().compose(provider -> identify(provider, handshake, code));
  }

  private Future<ProviderIdentity> identify(OAuth2Auth provider, Handshake handshake, String code) {
    Oauth2Credentials credentials =
        new Oauth2Credentials()
            .setFlow(OAuth2FlowType.AUTH_CODE)
            .setCode(code)
            .setRedirectUri(redirect)
            .setCodeVerifier(handshake.verifier());
    return provider
        .authenticate(credentials)
        .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .recover(failure -> Future.failedFuture(refused(failure)))
        .compose(
            user ->
                idToken(provider, user)
                    .compose(token -> checked(token, handshake))
                    .compose(token -> withUserInfo(provider, user, token)))
        .map(this::identity);
  }

  /* The library verifies the signature, and leaves out a token of which it does not hold. */
  private Future<IdToken> idToken(OAuth2Auth provider, User user) {
    JsonObject verified = user.attributes().getJsonObject("idToken");
    String raw = user.principal().getString("id_token");
    if (verified != null) {
      return Future.succeededFuture(new IdToken(verified));
    }
    if (raw == null || !user.attributes().containsKey("missing-kid")) {
      return Future.failedFuture(unfit("no ID token that holds"));
    }
    return withNewKeys(provider, raw);
  }

  /** The provider may have changed its keys (OpenID Connect Core, 10.1.1): they are read again. */
  private Future<IdToken> withNewKeys(OAuth2Auth provider, String raw) {
    return provider
        .jWKSet()
        .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .compose(read -> provider.authenticate(new TokenCredentials(raw)))
        .map(user -> user.attributes().getJsonObject("accessToken"))
        .recover(failure -> Future.failedFuture(unfit("an ID token of an unknown key")))
        .compose(
            verified ->
                verified == null
                    ? Future.failedFuture(unfit("an ID token of an unknown key"))
                    : Future.succeededFuture(new IdToken(verified)));
  }

  private Future<IdToken> checked(IdToken token, Handshake handshake) {
    String fault = token.fault(settings, handshake.nonce(), clock.instant());
    return fault == null
        ? Future.succeededFuture(token)
        : Future.failedFuture(unfit("an ID token that is of " + fault));
  }

  /** Some say in the token who somebody is, others only when asked further. */
  private Future<IdToken> withUserInfo(OAuth2Auth provider, User user, IdToken token) {
    JsonObject claims = token.claims();
    if (claims.containsKey("email") && claims.containsKey(settings.groupsClaim())) {
      return Future.succeededFuture(token);
    }
    String subject = token.text("sub");
    return provider
        .userInfo(user)
        .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .recover(
            failure ->
                Future.failedFuture(
                    isAway(failure) ? away(failure) : unfit("user info that does not hold")))
        .compose(
            said ->
                Objects.equals(subject, said.getValue("sub"))
                    ? Future.succeededFuture(new IdToken(said.copy().mergeIn(claims)))
                    : Future.failedFuture(unfit("user info of another person")));
  }

  private ProviderIdentity identity(IdToken token) {
    boolean verified =
        settings.trustsAddresses()
            || Boolean.TRUE.equals(token.claims().getValue("email_verified"));
    String email = token.text("email");
    return new ProviderIdentity(
        ProviderSettings.withoutSlash(settings.issuer().toString()),
        Objects.requireNonNull(token.text("sub")),
        verified && email != null ? Email.find(email) : null,
        token.text("name"),
        token.texts(settings.groupsClaim()));
  }

  private synchronized Future<OAuth2Auth> discover() {
    Found known = found;
    Instant now = clock.instant();
    if (known != null && now.isBefore(known.at().plus(known.provider().failed() ? PAUSE : FRESH))) {
      return known.provider();
    }
    Future<OAuth2Auth> provider =
        OpenIDConnectAuth.discover(vertx, options())
            .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
            .recover(failure -> Future.failedFuture(away(failure)));
    found = new Found(provider, now);
    if (known != null) {
      known.provider().onSuccess(this::closeLater);
    }
    return provider;
  }

  private OAuth2Options options() {
    OAuth2Options options =
        new OAuth2Options()
            .setSite(ProviderSettings.withoutSlash(settings.issuer().toString()))
            .setClientId(settings.clientId())
            .setJWTOptions(new JWTOptions().setLeeway((int) IdToken.SKEW.toSeconds()))
            .setHttpClientOptions(
                new HttpClientOptions()
                    .setConnectTimeout((int) PATIENCE.toMillis())
                    .setIdleTimeout((int) PATIENCE.toSeconds()));
    String secret = settings.clientSecret();
    return secret == null
        ? options
        : options
            .setClientSecret(secret)
            .setUseBasicAuthorization(PLAIN.matcher(settings.clientId() + secret).matches());
  }

  private static boolean isAway(Throwable failure) {
    return failure instanceof IOException
        || failure instanceof TimeoutException
        || failure instanceof HttpClosedException
        || failure instanceof StreamResetException;
  }

  private RuntimeException away(Throwable failure) {
    away.log(failure);
    return ProviderFault.AWAY.asException(failure);
  }

  /* Some may still be on their way with it. */
  private void closeLater(OAuth2Auth provider) {
    vertx.setTimer(3 * PATIENCE.toMillis(), later -> provider.close());
  }

  /**
   * @param why in words of ours: nothing that a provider says is logged, for it may name a person
   */
  private RuntimeException unfit(String why) {
    IllegalStateException failure = new IllegalStateException(why);
    unfit.computeIfAbsent(why, first -> new FailureLog("the provider gave " + why)).log(failure);
    return ProviderFault.UNFIT.asException(failure);
  }

  private RuntimeException refused(Throwable failure) {
    if (isAway(failure)) {
      return away(failure);
    }
    String message = Objects.requireNonNullElse(failure.getMessage(), "");
    if (message.contains(USED_OR_LATE)) {
      return ProviderFault.STALE.asException(failure);
    }
    return unfit(
        ERRORS.stream()
            .filter(message::contains)
            .findFirst()
            .map(code -> "no token, but the error " + code)
            .orElse("no token"));
  }
}
