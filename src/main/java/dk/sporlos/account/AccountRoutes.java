package dk.sporlos.account;

import static dk.sporlos.account.AccountView.HOME;

import dk.sporlos.account.AccountView.Said;
import dk.sporlos.account.Sessions.Session;
import dk.sporlos.page.Language;
import io.nayuki.qrcodegen.QrCode;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** The page on which people look after their own account, and the forms on it. */
final class AccountRoutes {
  private static final String ISSUER = "Sporløs";

  private final Gatekeeper gate;
  private final AccountView view;
  private final SignIn signIn;
  private final Accounts accounts;
  private final Passwords passwords;
  private final Sessions sessions;
  private final SecondStep secondStep;

  AccountRoutes(
      Gatekeeper gate,
      AccountView view,
      SignIn signIn,
      Accounts accounts,
      Passwords passwords,
      Sessions sessions,
      SecondStep secondStep) {
    this.gate = gate;
    this.view = view;
    this.signIn = signIn;
    this.accounts = accounts;
    this.passwords = passwords;
    this.sessions = sessions;
    this.secondStep = secondStep;
  }

  void mount(Router router) {
    router
        .get(HOME)
        .handler(
            context ->
                gate.signed(
                    context, (asked, session) -> view.show(context, session, 200, Said.NOTHING)));
    router
        .get(DeviceHtml.PICTURE)
        .handler(context -> gate.page(context, asked -> picture(context)));
    on(router, AccountPage.PROFILE, this::changeProfile);
    on(router, "/account/password", this::changePassword);
    on(router, "/account/device/prepare", this::prepareDevice);
    on(router, "/account/device/confirm", this::confirmDevice);
    on(router, "/account/device/remove", this::removeDevice);
    on(router, "/account/codes", this::newCodes);
    on(router, "/account/sessions/end", this::endSession);
    on(router, "/account/sessions/end-others", this::endOthers);
  }

  private void on(Router router, String path, Gatekeeper.SignedForm answer) {
    router.post(path).handler(context -> gate.signedForm(context, answer));
  }

  private Future<Void> changeProfile(
      RoutingContext context, Session session, Map<String, String> form) {
    try {
      return accounts
          .setProfile(
              session.account().id(),
              form.getOrDefault("name", ""),
              Language.parse(form.getOrDefault("language", "")))
          .compose(changed -> Gatekeeper.go(context, HOME));
    } catch (IllegalArgumentException unfit) {
      return view.show(
          context,
          session,
          400,
          Said.of(
              Language.of(context)
                  .of(
                      "Skriv dit navn med højst 100 tegn; intet er ændret.",
                      "Write your name, in 100 characters at most; nothing was changed.")));
    }
  }

  private Future<Void> changePassword(
      RoutingContext context, Session session, Map<String, String> form) {
    Language language = Language.of(context);
    String chosen = form.getOrDefault("new-password", "");
    Passwords.Fault fault = passwords.fault(chosen, session.account().email());
    if (fault != null) {
      return view.show(context, session, 400, Said.of(fault.words(language)));
    }
    return view.ifPasswordIsRight(
        context,
        session,
        form,
        () ->
            passwords
                .hash(chosen)
                .compose(
                    hash -> accounts.setPassword(session.account().id(), hash, session.secret()))
                .compose(
                    changed ->
                        view.show(
                            context,
                            session,
                            200,
                            Said.of(
                                language.of(
                                    "Adgangskoden er ændret, og du er logget ud alle andre steder.",
                                    "The password is changed, and you are signed out everywhere"
                                        + " else.")))));
  }

  private Future<Void> prepareDevice(
      RoutingContext context, Session session, Map<String, String> form) {
    return view.ifPasswordIsRight(
        context,
        session,
        form,
        () ->
            secondStep
                .prepare(session.account().id())
                .compose(prepared -> Gatekeeper.go(context, HOME)));
  }

  private Future<Void> confirmDevice(
      RoutingContext context, Session session, Map<String, String> form) {
    return signIn
        .confirm(session.account().id(), form.getOrDefault("code", ""))
        .compose(
            codes -> {
              Language language = Language.of(context);
              return codes == null
                  ? view.show(
                      context,
                      session,
                      400,
                      Said.of(
                          language.of(
                              "Koden er forkert. Vent på den næste, og prøv igen.",
                              "The code is wrong. Wait for the next one, and try again.")))
                  : view.showAgain(
                      context,
                      session,
                      new Said(
                          language.of(
                              "Fra nu af bliver du spurgt om en kode fra din enhed.",
                              "From now on you are asked for a code of your device."),
                          codes));
            });
  }

  private Future<Void> removeDevice(
      RoutingContext context, Session session, Map<String, String> form) {
    return view.ifPasswordIsRight(
        context,
        session,
        form,
        () ->
            secondStep
                .remove(session.account().id())
                .compose(removed -> view.afterRemoval(context, session))
                .compose(led -> Gatekeeper.go(context, HOME)));
  }

  private Future<Void> newCodes(RoutingContext context, Session session, Map<String, String> form) {
    if (!session.account().secondStep()) {
      return Gatekeeper.go(context, HOME);
    }
    return view.ifPasswordIsRight(
        context,
        session,
        form,
        () ->
            secondStep
                .newCodes(session.account().id())
                .compose(
                    codes ->
                        view.show(
                            context,
                            session,
                            200,
                            new Said(
                                Language.of(context)
                                    .of(
                                        "De gamle koder gælder ikke længere.",
                                        "The old codes are no longer taken."),
                                codes))));
  }

  private Future<Void> endSession(
      RoutingContext context, Session session, Map<String, String> form) {
    Integer number = AccountView.number(form.get("session"));
    return number == null
        ? Gatekeeper.go(context, HOME)
        : sessions
            .end(session.account().id(), number)
            .compose(ended -> Gatekeeper.go(context, HOME));
  }

  private Future<Void> endOthers(
      RoutingContext context, Session session, Map<String, String> form) {
    return sessions
        .endOthers(session.account().id(), session.secret())
        .compose(ended -> Gatekeeper.go(context, HOME));
  }

  /** The secret of a device that is to be confirmed, as a picture for its camera. */
  private Future<Void> picture(RoutingContext context) {
    return gate.session(context.request())
        .compose(
            session ->
                session == null || session.standing() == Sessions.Standing.TO_PROVE
                    ? Gatekeeper.go(context, Gatekeeper.SIGN_IN)
                    : picture(context, session.account()));
  }

  private Future<Void> picture(RoutingContext context, Account account) {
    return secondStep
        .prepared(account.id())
        .compose(
            totp ->
                totp == null
                    ? Gatekeeper.refuse(context, 404, "not-found", "no device is being set up")
                    : context
                        .response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "image/svg+xml")
                        .end(svg(totp.uri(account.email(), ISSUER))));
  }

  private static String svg(String content) {
    QrCode code = QrCode.encodeText(content, QrCode.Ecc.MEDIUM);
    int border = 4;
    int size = code.size + 2 * border;
    StringBuilder path = new StringBuilder();
    for (int y = 0; y < code.size; y++) {
      for (int x = 0; x < code.size; x++) {
        if (code.getModule(x, y)) {
          path.append("M%d,%dh1v1h-1z".formatted(x + border, y + border));
        }
      }
    }
    return """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %1$d" shape-rendering="crispEdges">
        <rect width="%1$d" height="%1$d" fill="#fff"/><path d="%2$s" fill="#000"/></svg>
        """
        .formatted(size, path);
  }
}
