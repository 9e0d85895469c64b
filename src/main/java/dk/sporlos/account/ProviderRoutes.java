package dk.sporlos.account;

import static dk.sporlos.account.FormHtml.paragraph;
import static dk.sporlos.account.Gatekeeper.PROVIDER;
import static dk.sporlos.account.Gatekeeper.SIGN_IN;
import static dk.sporlos.page.Html.element;
import static dk.sporlos.page.Html.link;

import dk.sporlos.http.HandshakeCookie;
import dk.sporlos.page.Html;
import dk.sporlos.page.Language;
import dk.sporlos.page.Page;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The way out to the provider that signs people in, and the way back. */
final class ProviderRoutes {
  static final String CALLBACK = PROVIDER + "/callback";

  private static final int LONGEST_CODE = 4_000;

  private final Gatekeeper gate;
  private final @Nullable Provider provider;
  private final ProviderAccounts accounts;
  private final Sessions sessions;
  private final SecureRandom random;

  /**
   * @param provider null if there is none
   */
  ProviderRoutes(
      Gatekeeper gate,
      @Nullable Provider provider,
      ProviderAccounts accounts,
      Sessions sessions,
      SecureRandom random) {
    this.gate = gate;
    this.provider = provider;
    this.accounts = accounts;
    this.sessions = sessions;
    this.random = random;
  }

  void mount(Router router) {
    router.get(PROVIDER).handler(context -> answer(context, this::leave));
    router.get(CALLBACK).handler(context -> answer(context, this::comeBack));
  }

  private void answer(
      RoutingContext context, BiFunction<RoutingContext, Provider, Future<Void>> answer) {
    Provider known = provider;
    gate.page(
        context,
        asked ->
            known == null
                ? Gatekeeper.refuse(context, 404, "not-found", "nobody signs in by a provider here")
                : answer
                    .apply(context, known)
                    .recover(failure -> explain(context, known, failure)));
  }

  private HandshakeCookie cookie(RoutingContext context) {
    return new HandshakeCookie(gate.door().isSecure(context.request()));
  }

  private Future<Void> leave(RoutingContext context, Provider provider) {
    Handshake handshake = Handshake.draw(random, Next.of(context));
    return provider
        .address(handshake)
        .compose(
            address -> {
              cookie(context).set(context.response(), handshake.cookie());
              return Gatekeeper.go(context, address);
            });
  }

  private Future<Void> comeBack(RoutingContext context, Provider provider) {
    HandshakeCookie cookie = cookie(context);
    Handshake handshake = Handshake.of(cookie.read(context.request()));
    cookie.remove(context.response());
    ProviderFault fault =
        gate.door().isTooMuch(context.request())
            ? ProviderFault.STALE
            : fault(context.request(), provider, handshake);
    if (fault != null || handshake == null) {
      gate.door().failed(context.request());
      return explain(context, provider, Objects.requireNonNullElse(fault, ProviderFault.STALE));
    }
    Language language = Language.of(context);
    return provider
        .identify(handshake, Objects.requireNonNull(context.request().getParam("code")))
        .compose(
            identity ->
                accounts.account(
                    identity, provider.settings().roles().of(identity.groups()), language))
        .compose(
            account ->
                sessions.begin(account, Way.PROVIDER, gate.door().browser(context.request())))
        .compose(
            session -> {
              gate.signIn(context, session);
              return Gatekeeper.go(context, handshake.next());
            });
  }

  /** What is wrong with an answer before the provider is asked about it; null if nothing is. */
  private static @Nullable ProviderFault fault(
      HttpServerRequest request, Provider provider, @Nullable Handshake handshake) {
    if (handshake == null || !Secret.isSame(handshake.state(), request.getParam("state", ""))) {
      return ProviderFault.STALE;
    }
    String issuer = request.getParam("iss");
    // RFC 9207: an answer that says of which issuer it is may be of no other.
    if (issuer != null && !provider.settings().isIssuer(issuer)) {
      return ProviderFault.UNFIT;
    }
    if (request.getParam("error") != null) {
      return ProviderFault.DECLINED;
    }
    String code = request.getParam("code", "");
    return code.isEmpty() || code.length() > LONGEST_CODE ? ProviderFault.UNFIT : null;
  }

  private static Future<Void> explain(
      RoutingContext context, Provider provider, Throwable failure) {
    return failure instanceof ProviderFault.SignInException known
        ? explain(context, provider, known.fault())
        : Future.failedFuture(failure);
  }

  private static Future<Void> explain(
      RoutingContext context, Provider provider, ProviderFault fault) {
    Language language = Language.of(context);
    Html content =
        element(
            "div",
            paragraph(fault.words(language, provider.settings().name())),
            element("p", link(SIGN_IN, language.of("Til login", "Back to signing in"))));
    new Page(
            language,
            language.of("Du er ikke logget ind", "You are not signed in"),
            content,
            SIGN_IN)
        .send(context, fault.status(), Page.NOT_STORED);
    return Future.succeededFuture();
  }
}
