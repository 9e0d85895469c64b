package dk.sporlos.account;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.webauthn4j.Attestation;
import io.vertx.ext.auth.webauthn4j.RelyingParty;
import io.vertx.ext.auth.webauthn4j.ResidentKey;
import io.vertx.ext.auth.webauthn4j.UserVerification;
import io.vertx.ext.auth.webauthn4j.WebAuthn4J;
import io.vertx.ext.auth.webauthn4j.WebAuthn4JCredentials;
import io.vertx.ext.auth.webauthn4j.WebAuthn4JOptions;
import java.net.URI;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Signing in by a passkey (WebAuthn Level 2): one that the authenticator finds by itself, and for
 * which it has made sure that its holder is there.
 */
final class Passkeys {
  private static final String NAME = "Sporløs";
  private static final long PATIENCE_MILLIS = 120_000;

  private final PasskeyStore store;
  private final Challenges challenges;
  private final String origin;
  private final WebAuthn4J verifier;

  /**
   * @param here where browsers find this server
   */
  Passkeys(Vertx vertx, PasskeyStore store, Challenges challenges, URI here) {
    this.store = store;
    this.challenges = challenges;
    this.origin = origin(here);
    this.verifier =
        WebAuthn4J.create(
                vertx,
                new WebAuthn4JOptions()
                    .setRelyingParty(
                        new RelyingParty()
                            .setId(here.getHost().toLowerCase(Locale.ROOT))
                            .setName(NAME))
                    .setResidentKey(ResidentKey.REQUIRED)
                    .setUserVerification(UserVerification.REQUIRED)
                    .setAttestation(Attestation.NONE)
                    .setExtensions(new JsonObject())
                    .setTimeoutInMilliseconds(PATIENCE_MILLIS))
            .credentialStorage(store);
  }

  /**
   * Whether browsers make passkeys for a server that they find there: by TLS, or on this machine.
   */
  static boolean areMadeFor(@Nullable URI here) {
    return here != null && ("https".equals(here.getScheme()) || "localhost".equals(here.getHost()));
  }

  /** As browsers write it: in lower case, without the port that goes without saying. */
  private static String origin(URI here) {
    String scheme = here.getScheme();
    int usual = scheme.equals("https") ? 443 : 80;
    String port = here.getPort() == -1 || here.getPort() == usual ? "" : ":" + here.getPort();
    return scheme + "://" + here.getHost().toLowerCase(Locale.ROOT) + port;
  }

  PasskeyStore store() {
    return store;
  }

  /** What a browser is told to make a passkey of (WebAuthn, 5.4), as JSON. */
  Future<JsonObject> optionsToMake(Account account) {
    return store
        .handle(account.id())
        .compose(
            handle ->
                verifier
                    .createCredentialsOptions(
                        new JsonObject()
                            .put("name", Integer.toString(account.id()))
                            .put("displayName", account.name()))
                    .map(
                        options -> {
                          options
                              .getJsonObject("user")
                              .put("id", handle)
                              .put("name", account.email().text());
                          return options.put("challenge", challenges.draw(account.id()));
                        }));
  }

  /** What a browser is told to ask for a passkey with (WebAuthn, 5.5), as JSON. */
  Future<JsonObject> optionsToSignIn() {
    return verifier
        .getCredentialsOptions(null)
        .map(options -> options.put("challenge", challenges.draw(Challenges.ANYBODY)));
  }

  /**
   * Keeps a passkey that a browser has made.
   *
   * @param made what the browser gave, as JSON
   * @param name by which its holder tells it from others
   * @return false if it does not hold, or if there is no room for more
   */
  Future<Boolean> make(Account account, String made, String name) {
    String holder = Integer.toString(account.id());
    return verified(made, "webauthn.create", account.id(), holder)
        .compose(
            credential ->
                credential == null
                    ? Future.succeededFuture(false)
                    : store.name(account.id(), credential, name));
  }

  /**
   * The account of whoever shows a passkey; null if it does not hold.
   *
   * @param shown what the browser gave, as JSON
   */
  Future<@Nullable Integer> signIn(String shown) {
    return verified(shown, "webauthn.get", Challenges.ANYBODY, null)
        .compose(
            credential ->
                credential == null
                    ? Future.<@Nullable Integer>succeededFuture()
                    : store.holder(credential, userHandle(shown)));
  }

  /** The name of a credential that holds; null if it does not. */
  private Future<@Nullable String> verified(
      String said, String type, int account, @Nullable String holder) {
    try {
      JsonObject credential = new JsonObject(said);
      JsonObject client =
          new JsonObject(
              Buffer.buffer(
                  Base64.getUrlDecoder()
                      .decode(credential.getJsonObject("response").getString("clientDataJSON"))));
      String challenge = Objects.requireNonNull(client.getString("challenge"));
      if (!type.equals(client.getString("type")) || !challenges.take(challenge, account)) {
        return Future.succeededFuture();
      }
      return verifier
          .authenticate(
              new WebAuthn4JCredentials()
                  .setWebauthn(credential)
                  .setChallenge(challenge)
                  .setOrigin(origin)
                  .setUsername(holder))
          .<@Nullable String>map(user -> credential.getString("id"))
          .recover(Passkeys::unlessOurs);
    } catch (DecodeException
        | ClassCastException
        | IllegalArgumentException
        | NullPointerException unreadable) {
      return Future.succeededFuture();
    }
  }

  /* Whatever is wrong with what a browser gave is its matter; that the database is away is ours. */
  private static Future<@Nullable String> unlessOurs(Throwable failure) {
    return failure instanceof PasskeyStore.AwayException
        ? Future.failedFuture(failure)
        : Future.succeededFuture();
  }

  private static @Nullable String userHandle(String shown) {
    return new JsonObject(shown).getJsonObject("response").getString("userHandle");
  }
}
