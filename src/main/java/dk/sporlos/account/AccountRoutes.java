package dk.sporlos.account;

import dk.sporlos.account.Sessions.Session;
import dk.sporlos.page.Language;
import dk.sporlos.page.Page;
import io.nayuki.qrcodegen.QrCode;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The page on which people look after their own account, and the forms on it. */
final class AccountRoutes {
  private static final String HOME = "/account";
  private static final String ISSUER = "Sporløs";
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  private final Gatekeeper gate;
  private final SignIn signIn;
  private final Accounts accounts;
  private final Passwords passwords;
  private final Sessions sessions;
  private final SecondStep secondStep;

  AccountRoutes(
      Gatekeeper gate,
      SignIn signIn,
      Accounts accounts,
      Passwords passwords,
      Sessions sessions,
      SecondStep secondStep) {
    this.gate = gate;
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
                    context, (asked, session) -> show(context, session, 200, Said.NOTHING)));
    router
        .get("/account/device.svg")
        .handler(context -> gate.signed(context, AccountRoutes.this::picture));
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

  /**
   * What is said at the top of the page.
   *
   * @param words null for nothing
   * @param codes that are shown once; none otherwise
   */
  record Said(@Nullable String words, List<String> codes) {
    static final Said NOTHING = new Said(null, List.of());

    static Said of(String words) {
      return new Said(words, List.of());
    }
  }

  private Future<Void> show(RoutingContext context, Session session, int status, Said said) {
    int account = session.account().id();
    Future<List<Sessions.Listed>> open = sessions.of(account, session.secret());
    Future<@Nullable Totp> prepared = secondStep.prepared(account);
    Future<Long> left = secondStep.codesLeft(account);
    return Future.all(open, prepared, left)
        .map(
            all -> {
              Language language = Language.of(context);
              AccountPage page =
                  new AccountPage(
                      language, session, open.result(), prepared.result(), left.result());
              new Page(language, language.of("Din konto", "Your account"), page.html(said), HOME)
                  .send(context, status, Page.NOT_STORED);
              return null;
            });
  }

  private Future<Void> changePassword(
      RoutingContext context, Session session, Map<String, String> form) {
    Language language = Language.of(context);
    String chosen = form.getOrDefault("new-password", "");
    Passwords.Fault fault = passwords.fault(chosen, session.account().email());
    if (fault != null) {
      return show(context, session, 400, Said.of(fault.words(language)));
    }
    return ifPasswordIsRight(
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
                        show(
                            context,
                            session,
                            200,
                            Said.of(
                                language.of(
                                    "Adgangskoden er ændret, og du er logget ud alle andre steder.",
                                    "The password is changed, and you are signed out everywhere"
                                        + " else.")))));
  }

  private interface Doing {
    Future<Void> run();
  }

  /** What matters is done only for somebody who says the password again. */
  private Future<Void> ifPasswordIsRight(
      RoutingContext context, Session session, Map<String, String> form, Doing doing) {
    return signIn
        .knowsPassword(session.account(), form.getOrDefault("password", ""))
        .compose(
            right ->
                right
                    ? doing.run()
                    : show(
                        context,
                        session,
                        403,
                        Said.of(
                            Language.of(context)
                                .of(
                                    "Adgangskoden er forkert; intet er ændret.",
                                    "The password is wrong; nothing was changed."))));
  }

  private Future<Void> prepareDevice(
      RoutingContext context, Session session, Map<String, String> form) {
    return ifPasswordIsRight(
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
                  ? show(
                      context,
                      session,
                      400,
                      Said.of(
                          language.of(
                              "Koden er forkert. Vent på den næste, og prøv igen.",
                              "The code is wrong. Wait for the next one, and try again.")))
                  : again(
                      context,
                      session,
                      new Said(
                          language.of(
                              "Fra nu af bliver du spurgt om en kode fra din enhed.",
                              "From now on you are asked for a code of your device."),
                          codes));
            });
  }

  /** The page of the account as it is now. */
  private Future<Void> again(RoutingContext context, Session session, Said said) {
    return sessions
        .find(session.secret())
        .compose(
            found ->
                found == null
                    ? Gatekeeper.go(context, "/sign-in")
                    : show(context, found, 200, said));
  }

  private Future<Void> removeDevice(
      RoutingContext context, Session session, Map<String, String> form) {
    return ifPasswordIsRight(
        context,
        session,
        form,
        () ->
            secondStep
                .remove(session.account().id())
                .compose(removed -> Gatekeeper.go(context, HOME)));
  }

  private Future<Void> newCodes(RoutingContext context, Session session, Map<String, String> form) {
    if (!session.account().secondStep()) {
      return Gatekeeper.go(context, HOME);
    }
    return ifPasswordIsRight(
        context,
        session,
        form,
        () ->
            secondStep
                .newCodes(session.account().id())
                .compose(
                    codes ->
                        show(
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
    String number = form.getOrDefault("session", "");
    return NUMBER.matcher(number).matches()
        ? sessions
            .end(session.account().id(), Integer.parseInt(number))
            .compose(ended -> Gatekeeper.go(context, HOME))
        : Gatekeeper.go(context, HOME);
  }

  private Future<Void> endOthers(
      RoutingContext context, Session session, Map<String, String> form) {
    return sessions
        .endOthers(session.account().id(), session.secret())
        .compose(ended -> Gatekeeper.go(context, HOME));
  }

  /** The secret of a device that is to be confirmed, as a picture for its camera. */
  private Future<Void> picture(RoutingContext context, Session session) {
    return secondStep
        .prepared(session.account().id())
        .compose(
            totp ->
                totp == null
                    ? Gatekeeper.refuse(context, 404, "not-found", "no device is being set up")
                    : context
                        .response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "image/svg+xml")
                        .putHeader("X-Content-Type-Options", "nosniff")
                        .end(svg(totp.uri(session.account().email(), ISSUER))));
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
