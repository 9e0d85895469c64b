package dk.sporlos.account;

import static dk.sporlos.account.FormHtml.field;
import static dk.sporlos.account.FormHtml.form;
import static dk.sporlos.account.FormHtml.hidden;
import static dk.sporlos.account.FormHtml.notice;
import static dk.sporlos.account.Gatekeeper.FORGOTTEN;
import static dk.sporlos.account.Gatekeeper.PROVIDER;
import static dk.sporlos.account.Gatekeeper.SIGN_IN;
import static dk.sporlos.page.Html.element;
import static dk.sporlos.page.Html.link;

import dk.sporlos.page.Html;
import dk.sporlos.page.Language;
import dk.sporlos.page.Page;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** The page on which people sign in, with every way that the installation has. */
record SignInPage(SignInSettings settings) {

  /**
   * Answers with it.
   *
   * @param words what is said at its top; null for nothing
   * @param email what somebody wrote before
   * @param next where they go on
   */
  Future<Void> send(
      RoutingContext context, int status, @Nullable String words, String email, String next) {
    Language language = Language.of(context);
    Html content =
        element(
            "div",
            notice(words),
            provider(language, next),
            passkey(language, next),
            settings.passwords() ? password(language, email, next) : Html.NONE);
    Page page =
        new Page(language, language.of("Log ind", "Sign in"), content, Next.after(SIGN_IN, next));
    (offersPasskeys() ? page.withScript(PasskeyHtml.SCRIPT) : page)
        .send(context, status, Page.NOT_STORED);
    return Future.succeededFuture();
  }

  /** Answers that there were too many tries. */
  Future<Void> tooMany(RoutingContext context, String email, String next) {
    context.response().putHeader(HttpHeaders.RETRY_AFTER, "60");
    return send(context, 429, tooManyWords(Language.of(context)), email, next);
  }

  static String tooManyWords(Language language) {
    return language.of(
        "Der er forsøgt for mange gange. Vent lidt, og prøv igen.",
        "There were too many tries. Wait a little, and try again.");
  }

  boolean offersPasskeys() {
    return Passkeys.areMadeFor(settings.publicUrl());
  }

  private Html provider(Language language, String next) {
    ProviderSettings provider = settings.provider();
    return provider == null
        ? Html.NONE
        : element(
            "p",
            link(
                Next.after(PROVIDER, next) + "&lang=" + language.code(),
                language.of("Log ind med ", "Sign in with ") + provider.name()));
  }

  /** The form for a passkey; nothing where there are none. */
  Html passkey(Language language, String next) {
    return offersPasskeys()
        ? PasskeyHtml.toSignIn(language, PasskeyRoutes.OPTIONS, PasskeyRoutes.SHOW, next)
        : Html.NONE;
  }

  private static Html password(Language language, String email, String next) {
    return Html.join(
        form(
            SIGN_IN,
            language.of("Log ind", "Sign in"),
            hidden(Next.NAME, next),
            hidden("lang", language.code()),
            field("email", language.of("E-mail", "E-mail"), "email", "username", email),
            field(
                "password",
                language.of("Adgangskode", "Password"),
                "password",
                "current-password",
                "")),
        element(
            "p",
            link(
                FORGOTTEN + "?lang=" + language.code(),
                language.of("Glemt adgangskoden?", "Forgotten the password?"))));
  }
}
