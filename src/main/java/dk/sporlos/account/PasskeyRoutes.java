package dk.sporlos.account;

import static dk.sporlos.account.Gatekeeper.SET_UP;
import static dk.sporlos.account.Gatekeeper.SIGN_IN;

import dk.sporlos.account.Sessions.Session;
import dk.sporlos.account.Sessions.Standing;
import dk.sporlos.page.Language;
import dk.sporlos.page.ScriptRoute;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Passkeys: signing in by one, making one and taking one away.
 *
 * <p>A script asks for options by the routes that answer JSON: the options for the browser, or
 * {@code words} for the person and a status that says no.
 */
final class PasskeyRoutes {
  static final String SHOW = SIGN_IN + "/passkey";
  static final String OPTIONS = SHOW + "/options";
  static final String MAKE = "/account/passkeys";
  static final String OPTIONS_TO_MAKE = MAKE + "/options";
  static final String REMOVE = MAKE + "/remove";
  static final String SET_UP_BY = SET_UP + "/passkey";
  static final String OPTIONS_TO_SET_UP = SET_UP_BY + "/options";

  private final Gatekeeper gate;
  private final SignInPage page;
  private final AccountView view;
  private final SignIn signIn;
  private final Sessions sessions;
  private final @Nullable Passkeys passkeys;
  private final ScriptRoute script = new ScriptRoute(PasskeyRoutes.class, PasskeyHtml.SCRIPT);

  /**
   * @param passkeys null where there are none
   */
  PasskeyRoutes(
      Gatekeeper gate,
      SignInPage page,
      AccountView view,
      SignIn signIn,
      Sessions sessions,
      @Nullable Passkeys passkeys) {
    this.gate = gate;
    this.page = page;
    this.view = view;
    this.signIn = signIn;
    this.sessions = sessions;
    this.passkeys = passkeys;
  }

  void mount(Router router) {
    script.mount(router);
    router
        .post(OPTIONS)
        .handler(
            context ->
                gate.form(
                    context, form -> offered(context, known -> optionsToSignIn(context, known))));
    router
        .post(SHOW)
        .handler(
            context ->
                gate.form(context, form -> offered(context, known -> show(context, known, form))));
    on(router, OPTIONS_TO_MAKE, Standing.COMPLETE, this::optionsToMake);
    on(router, MAKE, Standing.COMPLETE, this::make);
    on(router, REMOVE, Standing.COMPLETE, this::remove);
    on(router, OPTIONS_TO_SET_UP, Standing.TO_SET_UP, this::optionsToSetUp);
    on(router, SET_UP_BY, Standing.TO_SET_UP, this::setUp);
  }

  private void on(Router router, String path, Standing standing, Gatekeeper.SignedForm answer) {
    router.post(path).handler(context -> gate.signedForm(context, standing, answer));
  }

  private interface Answer {
    Future<Void> with(Passkeys known);
  }

  private Future<Void> offered(RoutingContext context, Answer answer) {
    Passkeys known = passkeys;
    return known == null
        ? Gatekeeper.refuse(context, 404, "not-found", "there are no passkeys here")
        : answer.with(known);
  }

  private Future<Void> optionsToSignIn(RoutingContext context, Passkeys known) {
    return gate.door().isTooMuch(context.request())
        ? no(context, 429, SignInPage.tooManyWords(Language.of(context)))
        : known.optionsToSignIn().compose(options -> json(context, 200, options));
  }

  private Future<Void> show(RoutingContext context, Passkeys known, Map<String, String> form) {
    String next = Next.in(form);
    if (gate.door().isTooMuch(context.request())) {
      return page.tooMany(context, "", next);
    }
    return known
        .signIn(form.getOrDefault(PasskeyHtml.CREDENTIAL, ""))
        .compose(account -> account == null ? wrong(context, next) : in(context, account, next));
  }

  private Future<Void> wrong(RoutingContext context, String next) {
    gate.door().failed(context.request());
    String words =
        Language.of(context)
            .of(
                "Adgangsnøglen holder ikke. Prøv igen, eller log ind på en anden måde.",
                "The passkey does not hold. Try again, or sign in another way.");
    return page.send(context, 401, words, "", next);
  }

  private Future<Void> in(RoutingContext context, int account, String next) {
    return sessions
        .begin(account, Way.PASSKEY, gate.door().browser(context.request()))
        .compose(
            session -> {
              gate.signIn(context, session);
              return Gatekeeper.go(context, next);
            });
  }

  private Future<Void> optionsToMake(
      RoutingContext context, Session session, Map<String, String> form) {
    return offered(
        context,
        known ->
            signIn
                .knowsPassword(session.account(), form.getOrDefault("password", ""))
                .compose(
                    right ->
                        right
                            ? options(context, known, session)
                            : no(context, 403, AccountView.wrongPassword(Language.of(context)))));
  }

  private Future<Void> optionsToSetUp(
      RoutingContext context, Session session, Map<String, String> form) {
    return offered(context, known -> options(context, known, session));
  }

  private static Future<Void> options(RoutingContext context, Passkeys known, Session session) {
    return known.optionsToMake(session.account()).compose(options -> json(context, 200, options));
  }

  private Future<Void> make(RoutingContext context, Session session, Map<String, String> form) {
    return offered(
        context,
        known ->
            made(context, known, session, form)
                .compose(
                    made ->
                        made
                            ? Gatekeeper.go(context, AccountView.HOME)
                            : view.show(context, session, 400, notMade(context))));
  }

  private Future<Void> setUp(RoutingContext context, Session session, Map<String, String> form) {
    String next = Next.in(form);
    return offered(
        context,
        known ->
            made(context, known, session, form)
                .compose(
                    made ->
                        made
                            ? sessions
                                .renew(session, Way.PASSKEY, gate.door().browser(context.request()))
                                .compose(
                                    secret -> {
                                      gate.signIn(context, secret);
                                      return Gatekeeper.go(context, next);
                                    })
                            : Gatekeeper.go(context, Next.after(SET_UP, next))));
  }

  private Future<Boolean> made(
      RoutingContext context, Passkeys known, Session session, Map<String, String> form) {
    return known.make(
        session.account(), form.getOrDefault(PasskeyHtml.CREDENTIAL, ""), name(context, form));
  }

  /** What its holder calls it; if that is no name, what the browser is called. */
  private String name(RoutingContext context, Map<String, String> form) {
    try {
      return Account.name(form.getOrDefault("passkey-name", ""));
    } catch (IllegalArgumentException unfit) {
      String browser = gate.door().browser(context.request());
      return browser.isEmpty() ? "?" : browser;
    }
  }

  private static AccountView.Said notMade(RoutingContext context) {
    return AccountView.Said.of(
        Language.of(context)
            .of(
                "Adgangsnøglen kunne ikke bekræftes; intet er ændret.",
                "The passkey could not be verified; nothing was changed."));
  }

  private Future<Void> remove(RoutingContext context, Session session, Map<String, String> form) {
    Integer number = AccountView.number(form.get("passkey"));
    return number == null
        ? Gatekeeper.go(context, AccountView.HOME)
        : view.ifPasswordIsRight(
            context,
            session,
            form,
            () ->
                view.passkeys()
                    .remove(session.account().id(), number)
                    .compose(removed -> view.afterRemoval(context, session))
                    .compose(led -> Gatekeeper.go(context, AccountView.HOME)));
  }

  private static Future<Void> no(RoutingContext context, int status, String words) {
    return json(context, status, new JsonObject().put("words", words));
  }

  private static Future<Void> json(RoutingContext context, int status, JsonObject said) {
    return context
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .end(Objects.requireNonNull(said.encode()));
  }
}
