package dk.sporlos.account;

import static dk.sporlos.account.FormHtml.field;
import static dk.sporlos.account.FormHtml.form;
import static dk.sporlos.account.FormHtml.hidden;
import static dk.sporlos.account.FormHtml.notice;
import static dk.sporlos.account.FormHtml.paragraph;
import static dk.sporlos.account.Gatekeeper.CODE;
import static dk.sporlos.account.Gatekeeper.SIGN_IN;
import static dk.sporlos.page.Html.element;

import dk.sporlos.page.Html;
import dk.sporlos.page.Language;
import dk.sporlos.page.Page;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pages on which people sign in and out.
 *
 * <p>401 for what is wrong, 429 with {@code Retry-After} for too many tries.
 */
final class SignInRoutes {
  private final Gatekeeper gate;
  private final SignInPage page;
  private final SignIn signIn;
  private final Sessions sessions;

  SignInRoutes(Gatekeeper gate, SignInPage page, SignIn signIn, Sessions sessions) {
    this.gate = gate;
    this.page = page;
    this.signIn = signIn;
    this.sessions = sessions;
  }

  void mount(Router router) {
    router.get(SIGN_IN).handler(context -> gate.page(context, this::show));
    router.post(SIGN_IN).handler(context -> gate.form(context, form -> tryPassword(context, form)));
    router.get(CODE).handler(context -> gate.page(context, this::showCode));
    router.post(CODE).handler(context -> gate.form(context, form -> tryCode(context, form)));
    router
        .post("/sign-out")
        .handler(
            context -> gate.signedForm(context, (asked, session, form) -> end(context, session)));
  }

  private Future<Void> show(RoutingContext context) {
    return gate.session(context.request())
        .compose(
            session ->
                session != null && session.complete()
                    ? Gatekeeper.go(context, Next.of(context))
                    : page.send(context, 200, null, "", Next.of(context)));
  }

  private Future<Void> tryPassword(RoutingContext context, Map<String, String> form) {
    if (!page.settings().passwords()) {
      return Gatekeeper.refuse(context, 403, "no-passwords", "nobody signs in by password here");
    }
    String written = form.getOrDefault("email", "");
    String next = Next.in(form);
    Email email = Email.find(written);
    if (gate.door().isTooMuch(context.request())) {
      return page.tooMany(context, written, next);
    }
    if (email == null) {
      return wrong(context, written, next);
    }
    String browser = gate.door().browser(context.request());
    return signIn
        .withPassword(email, form.getOrDefault("password", ""), browser)
        .compose(
            outcome -> {
              if (outcome instanceof SignIn.Outcome.Right right) {
                gate.signIn(context, right.session());
                return Gatekeeper.go(context, next);
              }
              if (outcome instanceof SignIn.Outcome.CodeNeeded half) {
                gate.signIn(context, half.session());
                return Gatekeeper.go(context, Next.after(CODE, next));
              }
              return outcome instanceof SignIn.Outcome.Wait
                  ? page.tooMany(context, written, next)
                  : wrong(context, written, next);
            });
  }

  private Future<Void> wrong(RoutingContext context, String email, String next) {
    gate.door().failed(context.request());
    String words =
        Language.of(context)
            .of("E-mail eller adgangskode er forkert.", "The e-mail or the password is wrong.");
    return page.send(context, 401, words, email, next);
  }

  private Future<Void> showCode(RoutingContext context) {
    return half(context)
        .compose(
            session ->
                session == null
                    ? Gatekeeper.go(context, SIGN_IN)
                    : codePage(context, session, 200, null, Next.of(context)));
  }

  private Future<Void> codePage(
      RoutingContext context,
      Sessions.Session half,
      int status,
      @Nullable String words,
      String next) {
    Language language = Language.of(context);
    Html content =
        element(
            "div",
            notice(words),
            half.account().hasPasskey() ? page.passkey(language, next) : Html.NONE,
            half.account().secondStep() ? code(language, next) : lost(language));
    new Page(
            language,
            language.of("Det andet trin", "The second step"),
            content,
            Next.after(CODE, next))
        .withScript(PasskeyHtml.SCRIPT)
        .send(context, status, Page.NOT_STORED);
    return Future.succeededFuture();
  }

  private static Html lost(Language language) {
    return paragraph(
        language.of(
            "Er din adgangsnøgle væk, kan den, der driver denne server, hjælpe dig videre.",
            "If your passkey is lost, whoever runs this server can help you on."));
  }

  private static Html code(Language language, String next) {
    return Html.join(
        paragraph(
            language.of(
                "Skriv koden fra din enhed, eller en af de koder, du har gemt til det tilfælde,"
                    + " at den er væk.",
                "Write the code that your device shows, or one of those that you keep for its"
                    + " loss.")),
        form(
            CODE,
            language.of("Fortsæt", "Go on"),
            hidden(Next.NAME, next),
            hidden("lang", language.code()),
            field("code", language.of("Kode", "Code"), "text", "one-time-code", "")));
  }

  private Future<Void> tryCode(RoutingContext context, Map<String, String> form) {
    String next = Next.in(form);
    Language language = Language.of(context);
    return half(context)
        .compose(
            session -> {
              if (session == null) {
                return Gatekeeper.go(context, SIGN_IN);
              }
              if (gate.door().isTooMuch(context.request())) {
                return codePage(context, session, 429, SignInPage.tooManyWords(language), next);
              }
              String browser = gate.door().browser(context.request());
              return signIn
                  .withCode(session, form.getOrDefault("code", ""), browser)
                  .compose(outcome -> codeTried(context, session, outcome, next));
            });
  }

  private Future<Void> codeTried(
      RoutingContext context, Sessions.Session half, SignIn.Outcome outcome, String next) {
    Language language = Language.of(context);
    if (outcome instanceof SignIn.Outcome.Right right) {
      gate.signIn(context, right.session());
      return Gatekeeper.go(context, next);
    }
    if (outcome instanceof SignIn.Outcome.Wait) {
      return codePage(context, half, 429, SignInPage.tooManyWords(language), next);
    }
    gate.door().failed(context.request());
    return codePage(
        context, half, 401, language.of("Koden er forkert.", "The code is wrong."), next);
  }

  /** A session whose second step is to come; null if there is none. */
  private Future<Sessions.@Nullable Session> half(RoutingContext context) {
    return gate.session(context.request())
        .map(
            session ->
                session != null && session.standing() == Sessions.Standing.TO_PROVE
                    ? session
                    : null);
  }

  private Future<Void> end(RoutingContext context, Sessions.Session session) {
    return sessions
        .end(session.secret())
        .compose(
            ended -> {
              gate.signOut(context);
              return Gatekeeper.go(context, SIGN_IN);
            });
  }
}
