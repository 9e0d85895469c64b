package dk.sporlos.account;

import static dk.sporlos.account.FormHtml.form;
import static dk.sporlos.account.FormHtml.hidden;
import static dk.sporlos.account.FormHtml.notice;
import static dk.sporlos.account.FormHtml.paragraph;
import static dk.sporlos.account.Gatekeeper.SET_UP;

import dk.sporlos.account.Sessions.Session;
import dk.sporlos.account.Sessions.Standing;
import dk.sporlos.page.Html;
import dk.sporlos.page.Language;
import dk.sporlos.page.Page;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The page on which somebody sets up a second step who is in by password alone, where the
 * installation asks everybody for one. Until then nothing else opens for them.
 */
final class SetUpRoutes {
  private static final String PREPARE = SET_UP + "/prepare";
  private static final String CONFIRM = SET_UP + "/confirm";

  private final Gatekeeper gate;
  private final boolean passkeys;
  private final SignIn signIn;
  private final Sessions sessions;
  private final SecondStep secondStep;

  /**
   * @param passkeys whether one may be made instead of setting up a device
   */
  SetUpRoutes(
      Gatekeeper gate, boolean passkeys, SignIn signIn, Sessions sessions, SecondStep secondStep) {
    this.gate = gate;
    this.passkeys = passkeys;
    this.signIn = signIn;
    this.sessions = sessions;
    this.secondStep = secondStep;
  }

  void mount(Router router) {
    router
        .get(SET_UP)
        .handler(
            context ->
                gate.signed(
                    context,
                    Standing.TO_SET_UP,
                    (asked, session) -> show(context, session, Next.of(context), 200, null)));
    on(router, PREPARE, this::prepare);
    on(router, CONFIRM, this::confirm);
  }

  private void on(Router router, String path, Gatekeeper.SignedForm answer) {
    router.post(path).handler(context -> gate.signedForm(context, Standing.TO_SET_UP, answer));
  }

  private Future<Void> show(
      RoutingContext context, Session session, String next, int status, @Nullable String words) {
    return secondStep
        .prepared(session.account().id())
        .compose(
            device -> {
              Language language = Language.of(context);
              Html token = Html.join(Gatekeeper.token(session), hidden(Next.NAME, next));
              Html content =
                  Html.join(
                      notice(words),
                      paragraph(
                          language.of(
                              "Her på serveren er adgangskoden alene ikke nok. Sæt en enhed op, som"
                                  + " laver koder, fx en app på din telefon; så er du inde.",
                              "On this server a password alone is not enough. Set up a device that"
                                  + " makes codes, such as an app of your telephone, and you are"
                                  + " in.")),
                      device == null
                          ? form(
                              PREPARE,
                              language.of("Sæt en enhed op", "Set up a device"),
                              hidden("lang", language.code()),
                              token)
                          : DeviceHtml.toConfirm(language, device, CONFIRM, token),
                      passkeys ? passkey(language, token) : Html.NONE);
              return send(context, status, content, Next.after(SET_UP, next));
            });
  }

  private static Html passkey(Language language, Html token) {
    return Html.join(
        paragraph(
            language.of(
                "Eller lav en adgangsnøgle; med den logger du ind uden adgangskode.",
                "Or make a passkey, by which you sign in without the password.")),
        PasskeyHtml.toMake(
            language,
            PasskeyRoutes.OPTIONS_TO_SET_UP,
            PasskeyRoutes.SET_UP_BY,
            hidden("lang", language.code()),
            token));
  }

  private Future<Void> prepare(RoutingContext context, Session session, Map<String, String> form) {
    return secondStep
        .prepare(session.account().id())
        .compose(prepared -> Gatekeeper.go(context, Next.after(SET_UP, Next.in(form))));
  }

  private Future<Void> confirm(RoutingContext context, Session session, Map<String, String> form) {
    String next = Next.in(form);
    return signIn
        .confirm(session.account().id(), form.getOrDefault("code", ""))
        .compose(
            codes ->
                codes == null
                    ? show(
                        context,
                        session,
                        next,
                        400,
                        Language.of(context)
                            .of(
                                "Koden er forkert. Vent på den næste, og prøv igen.",
                                "The code is wrong. Wait for the next one, and try again."))
                    : begin(context, session, codes, next));
  }

  private Future<Void> begin(
      RoutingContext context, Session session, List<String> codes, String next) {
    return sessions
        .renew(session, Way.CODE, gate.door().browser(context.request()))
        .compose(
            secret -> {
              gate.signIn(context, secret);
              Language language = Language.of(context);
              Html content =
                  Html.join(
                      DeviceHtml.codes(language, codes),
                      Html.element("p", Html.link(next, language.of("Fortsæt", "Go on"))));
              return send(context, 200, content, next);
            });
  }

  private static Future<Void> send(RoutingContext context, int status, Html content, String here) {
    Language language = Language.of(context);
    new Page(language, language.of("Det andet trin", "The second step"), content, here)
        .withScript(PasskeyHtml.SCRIPT)
        .send(context, status, Page.NOT_STORED);
    return Future.succeededFuture();
  }
}
