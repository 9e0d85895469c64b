package dk.sporlos.account;

import static dk.sporlos.account.FormHtml.field;
import static dk.sporlos.account.FormHtml.form;
import static dk.sporlos.account.FormHtml.hidden;
import static dk.sporlos.account.FormHtml.notice;
import static dk.sporlos.account.FormHtml.paragraph;
import static dk.sporlos.page.Html.element;

import dk.sporlos.page.Html;
import dk.sporlos.page.Language;
import dk.sporlos.page.Page;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The pages on which people sign in and out.
 *
 * <p>401 for what is wrong, 429 with {@code Retry-After} for too many tries.
 */
final class SignInRoutes {
  private static final String HOME = "/account";
  private static final String SIGN_IN = "/sign-in";
  private static final String CODE = "/sign-in/code";

  /** A path of this host: what begins with two slashes, or a backslash, is another host. */
  private static final Pattern LOCAL = Pattern.compile("/(?![/\\\\])[\\w./?=&%#@:+~,;-]{0,500}");

  private final Gatekeeper gate;
  private final SignIn signIn;
  private final Sessions sessions;

  SignInRoutes(Gatekeeper gate, SignIn signIn, Sessions sessions) {
    this.gate = gate;
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
                    ? Gatekeeper.go(context, next(context.request().getParam("next")))
                    : page(context, 200, null, "", context.request().getParam("next", "")));
  }

  private static Future<Void> page(
      RoutingContext context, int status, @Nullable String words, String email, String next) {
    Language language = Language.of(context);
    Html content =
        Html.join(
            notice(words),
            form(
                SIGN_IN,
                language.of("Log ind", "Sign in"),
                hidden("next", next(next)),
                hidden("lang", language.code()),
                field("email", language.of("E-mail", "E-mail"), "email", "username", email),
                field(
                    "password",
                    language.of("Adgangskode", "Password"),
                    "password",
                    "current-password",
                    "")),
            paragraph(
                language.of(
                    "Glemt adgangskoden? Den, der driver denne server, kan lave et link til en ny.",
                    "Forgotten the password? Whoever runs this server can make a link to a new"
                        + " one.")));
    return send(context, status, language, language.of("Log ind", "Sign in"), content, SIGN_IN);
  }

  private Future<Void> tryPassword(RoutingContext context, Map<String, String> form) {
    String written = form.getOrDefault("email", "");
    String next = form.getOrDefault("next", "");
    Email email = Email.find(written);
    if (gate.door().isTooMuch(context.request())) {
      return tooMany(context, written, next);
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
                return Gatekeeper.go(context, next(next));
              }
              if (outcome instanceof SignIn.Outcome.CodeNeeded half) {
                gate.signIn(context, half.session());
                return Gatekeeper.go(context, CODE + "?next=" + next(next));
              }
              return outcome instanceof SignIn.Outcome.Wait
                  ? tooMany(context, written, next)
                  : wrong(context, written, next);
            });
  }

  private Future<Void> wrong(RoutingContext context, String email, String next) {
    gate.door().failed(context.request());
    String words =
        Language.of(context)
            .of("E-mail eller adgangskode er forkert.", "The e-mail or the password is wrong.");
    return page(context, 401, words, email, next);
  }

  private static Future<Void> tooMany(RoutingContext context, String email, String next) {
    context.response().putHeader(HttpHeaders.RETRY_AFTER, "60");
    return page(context, 429, tooManyWords(Language.of(context)), email, next);
  }

  private static String tooManyWords(Language language) {
    return language.of(
        "Der er forsøgt for mange gange. Vent lidt, og prøv igen.",
        "There were too many tries. Wait a little, and try again.");
  }

  private Future<Void> showCode(RoutingContext context) {
    return half(context)
        .compose(
            session ->
                session == null
                    ? Gatekeeper.go(context, SIGN_IN)
                    : codePage(context, 200, null, context.request().getParam("next", "")));
  }

  private static Future<Void> codePage(
      RoutingContext context, int status, @Nullable String words, String next) {
    Language language = Language.of(context);
    Html content =
        Html.join(
            notice(words),
            paragraph(
                language.of(
                    "Skriv koden fra din enhed, eller en af de koder, du har gemt til det tilfælde,"
                        + " at den er væk.",
                    "Write the code that your device shows, or one of those that you keep for its"
                        + " loss.")),
            form(
                CODE,
                language.of("Fortsæt", "Go on"),
                hidden("next", next(next)),
                hidden("lang", language.code()),
                field("code", language.of("Kode", "Code"), "text", "one-time-code", "")));
    return send(
        context, status, language, language.of("Kode til login", "Code to sign in"), content, CODE);
  }

  private Future<Void> tryCode(RoutingContext context, Map<String, String> form) {
    String next = form.getOrDefault("next", "");
    Language language = Language.of(context);
    return half(context)
        .compose(
            session -> {
              if (session == null) {
                return Gatekeeper.go(context, SIGN_IN);
              }
              if (gate.door().isTooMuch(context.request())) {
                return codePage(context, 429, tooManyWords(language), next);
              }
              String browser = gate.door().browser(context.request());
              return signIn
                  .withCode(session, form.getOrDefault("code", ""), browser)
                  .compose(outcome -> codeTried(context, outcome, next, language));
            });
  }

  private Future<Void> codeTried(
      RoutingContext context, SignIn.Outcome outcome, String next, Language language) {
    if (outcome instanceof SignIn.Outcome.Right right) {
      gate.signIn(context, right.session());
      return Gatekeeper.go(context, next(next));
    }
    if (outcome instanceof SignIn.Outcome.Wait) {
      return codePage(context, 429, tooManyWords(language), next);
    }
    gate.door().failed(context.request());
    return codePage(context, 401, language.of("Koden er forkert.", "The code is wrong."), next);
  }

  /** A session whose second step is to come; null if there is none. */
  private Future<Sessions.@Nullable Session> half(RoutingContext context) {
    return gate.session(context.request())
        .map(session -> session == null || session.complete() ? null : session);
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

  /** Where to go on, if it is on this host. */
  private static String next(@Nullable String asked) {
    return asked != null && LOCAL.matcher(asked).matches() ? asked : HOME;
  }

  private static Future<Void> send(
      RoutingContext context,
      int status,
      Language language,
      String title,
      Html content,
      String here) {
    new Page(language, title, element("div", content), here).send(context, status, Page.NOT_STORED);
    return Future.succeededFuture();
  }
}
