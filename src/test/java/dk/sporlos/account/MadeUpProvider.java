package dk.sporlos.account;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A provider of OpenID Connect that can be told to lie. It signs without the library that is to
 * verify, so that a fault of that library is not on both sides.
 */
final class MadeUpProvider implements AutoCloseable {
  static final String CLIENT = "sporlos";
  static final String SECRET = "a secret, shared: 100 % & more";

  private final Vertx vertx = Vertx.vertx();
  private final Map<String, Map<String, String>> askedByCode = new HashMap<>();
  private final List<String> requests = new ArrayList<>();
  private HttpServer server;
  private KeyPair key = draw();
  private String keyId = "first";
  private final JsonArray published = new JsonArray().add(publicKey());
  private JsonObject person = new JsonObject();
  private JsonObject userInfo = new JsonObject();
  private UnaryOperator<JsonObject> claims = UnaryOperator.identity();
  private UnaryOperator<String> token = UnaryOperator.identity();
  private String clientSecret = SECRET;
  private int codes;

  MadeUpProvider() {
    server = listen(0);
  }

  private HttpServer listen(int port) {
    return vertx.createHttpServer().requestHandler(this::answer).listen(port, "127.0.0.1").await();
  }

  URI issuer() {
    return URI.create("http://127.0.0.1:" + server.actualPort());
  }

  /** Who is signed in next. */
  MadeUpProvider person(JsonObject claims) {
    person = claims;
    return this;
  }

  /** What is told of them only when asked with their token. */
  void userInfo(JsonObject claims) {
    userInfo = claims;
  }

  /** What becomes of the claims of a token before it is signed. */
  void lie(UnaryOperator<JsonObject> claims) {
    this.claims = claims;
  }

  /** What becomes of a token once it is signed. */
  void forge(UnaryOperator<String> token) {
    this.token = token;
  }

  /** Signs by another key from now on. */
  void changeKey(boolean publish) {
    key = draw();
    keyId = "second";
    if (publish) {
      published.clear().add(publicKey());
    }
  }

  /** Signs by another key from now on, under the name of the one that is published. */
  void stealName() {
    key = draw();
  }

  void forgetClient() {
    clientSecret = "another";
  }

  void goAway() {
    server.close().await();
  }

  void comeBack() {
    server = listen(server.actualPort());
  }

  /** Paths of what was asked for. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  /** Does what a person does at the provider: the query with which the browser comes back. */
  String authorize(String location) {
    Map<String, String> asked = fields(URI.create(location).getRawQuery());
    String code = "code-" + ++codes;
    askedByCode.put(code, asked);
    return "code=" + code + "&state=" + asked.get("state");
  }

  /** What a browser was sent with. */
  static Map<String, String> fields(String query) {
    Map<String, String> fields = new HashMap<>();
    for (String field : query.split("&", -1)) {
      String[] parts = field.split("=", 2);
      fields.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return fields;
  }

  private void answer(HttpServerRequest request) {
    requests.add(request.path());
    switch (request.path()) {
      case "/.well-known/openid-configuration" -> json(request, discovery());
      case "/keys" -> json(request, new JsonObject().put("keys", published));
      case "/me" -> json(request, userInfo);
      case "/token" -> request.setExpectMultipart(true).end().onSuccess(read -> exchange(request));
      default -> request.response().setStatusCode(404).end();
    }
  }

  private JsonObject discovery() {
    String issuer = issuer().toString();
    return new JsonObject()
        .put("issuer", issuer)
        .put("authorization_endpoint", issuer + "/authorize")
        .put("token_endpoint", issuer + "/token")
        .put("userinfo_endpoint", issuer + "/me")
        .put("jwks_uri", issuer + "/keys");
  }

  private void exchange(HttpServerRequest request) {
    MultiMap form = request.formAttributes();
    Map<String, String> asked = askedByCode.remove(form.get("code"));
    if (asked == null
        || !"authorization_code".equals(form.get("grant_type"))
        || !asked.get("redirect_uri").equals(form.get("redirect_uri"))
        || !asked.get("code_challenge").equals(Secret.digest(form.get("code_verifier")))
        || !"S256".equals(asked.get("code_challenge_method"))) {
      request.response().setStatusCode(400);
      json(request, new JsonObject().put("error", "invalid_grant"));
      return;
    }
    if (!CLIENT.equals(form.get("client_id")) || !clientSecret.equals(form.get("client_secret"))) {
      request.response().setStatusCode(401);
      json(request, new JsonObject().put("error", "invalid_client"));
      return;
    }
    long now = Instant.now().getEpochSecond();
    JsonObject said =
        new JsonObject()
            .put("iss", issuer().toString())
            .put("aud", CLIENT)
            .put("sub", "1")
            .put("nonce", asked.get("nonce"))
            .put("iat", now)
            .put("exp", now + 300)
            .mergeIn(person);
    json(
        request,
        new JsonObject()
            .put("access_token", "opaque")
            .put("token_type", "Bearer")
            .put("expires_in", 300)
            .put("id_token", token.apply(signed(claims.apply(said)))));
  }

  private String signed(JsonObject said) {
    String content = header("RS256") + "." + encoded(said.toString());
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key.getPrivate());
      signature.update(content.getBytes(StandardCharsets.UTF_8));
      return content + "." + encoded(signature.sign());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The same claims without a signature. */
  String unsigned(String token) {
    return header("none") + "." + token.split("\\.", -1)[1] + ".";
  }

  /** The same claims under a key that everybody knows, as if it were a shared one. */
  String signedByPublicKey(String token) {
    try {
      String content = header("HS256") + "." + token.split("\\.", -1)[1];
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getPublic().getEncoded(), "HmacSHA256"));
      return content + "." + encoded(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private String header(String algorithm) {
    return encoded(new JsonObject().put("alg", algorithm).put("kid", keyId).toString());
  }

  private JsonObject publicKey() {
    RSAPublicKey open = (RSAPublicKey) key.getPublic();
    return new JsonObject()
        .put("kty", "RSA")
        .put("use", "sig")
        .put("alg", "RS256")
        .put("kid", keyId)
        .put("n", encoded(unsigned(open.getModulus().toByteArray())))
        .put("e", encoded(unsigned(open.getPublicExponent().toByteArray())));
  }

  private static byte[] unsigned(byte[] number) {
    return number[0] == 0 ? Arrays.copyOfRange(number, 1, number.length) : number;
  }

  private static KeyPair draw() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String encoded(String text) {
    return encoded(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static void json(HttpServerRequest request, JsonObject content) {
    Future<Void> unused =
        request.response().putHeader("Content-Type", "application/json").end(content.toString());
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
