package dk.sporlos.account;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/v1/sites/DOMAIN/tokens}: the tokens that are for a site alone. For people who own the
 * site: a token makes no other.
 */
final class TokenRoutes {
  private static final String PATH = "/api/v1/sites/:" + Owners.DOMAIN + "/tokens";

  private final Owners owners;
  private final Tokens tokens;

  TokenRoutes(Owners owners, Tokens tokens) {
    this.owners = owners;
    this.tokens = tokens;
  }

  void mount(Router router) {
    router
        .get(PATH)
        .respond(context -> owners.answer(context, Permission.ADMIT, this::all))
        .failureHandler(Owners::refuse);
    router
        .post(PATH)
        .respond(context -> owners.change(context, Permission.ADMIT, "add", "token", this::create))
        .failureHandler(Owners::refuse);
    router
        .delete(PATH + "/:id")
        .respond(
            context ->
                owners.change(
                    context,
                    Permission.ADMIT,
                    "remove",
                    "token",
                    request -> revoke(context, request)))
        .failureHandler(Owners::refuse);
  }

  private Future<JsonObject> all(Owners.OnSite request) {
    return tokens
        .of(request.id())
        .map(
            all ->
                new JsonObject()
                    .put("tokens", new JsonArray(all.stream().map(TokenRoutes::json).toList())));
  }

  private Future<JsonObject> create(Owners.OnSite request) {
    Tokens.Terms terms = terms(request);
    return tokens.create(terms).map(secret -> new JsonObject().put("token", secret));
  }

  private static Tokens.Terms terms(Owners.OnSite request) {
    Fields fields = request.fields();
    Long hourly = fields.number("hourly");
    String name = fields.text("name");
    try {
      return new Tokens.Terms(
          name == null ? "" : name.strip(),
          request.id(),
          scopes(fields.list("scopes")),
          hourly == null
              ? Tokens.Terms.USUAL_HOURLY
              : (int) Math.max(-1, Math.min(hourly, Integer.MAX_VALUE)),
          fields.day("expires_on"));
    } catch (IllegalArgumentException unfit) {
      throw new RefusedException(400, String.valueOf(unfit.getMessage()));
    }
  }

  private static Set<Scope> scopes(JsonArray words) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    words.forEach(word -> scopes.addAll(Scope.parse(String.valueOf(word))));
    return scopes;
  }

  private Future<JsonObject> revoke(RoutingContext context, Owners.OnSite request) {
    long id = Owners.id(context, "Token");
    if (id > Integer.MAX_VALUE) {
      throw new RefusedException(404, "Token could not be found");
    }
    return tokens.revoke(request.id(), (int) id).map(revoked -> Owners.deleted(revoked, "Token"));
  }

  private static JsonObject json(Tokens.Listed token) {
    Tokens.Terms terms = token.terms();
    return new JsonObject()
        .put("id", token.id())
        .put("name", terms.name())
        .put("scopes", new JsonArray(terms.scopes().stream().sorted().map(Scope::label).toList()))
        .put("hourly", terms.hourly())
        .put("created_on", token.createdOn().toString())
        .put("expires_on", text(terms.expiresOn()))
        .put("used_on", text(token.usedOn()));
  }

  private static @Nullable String text(@Nullable LocalDate day) {
    return day == null ? null : day.toString();
  }
}
