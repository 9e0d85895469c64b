package dk.sporlos.account;

import static dk.sporlos.account.FormHtml.field;
import static dk.sporlos.account.FormHtml.form;
import static dk.sporlos.account.FormHtml.hidden;
import static dk.sporlos.account.FormHtml.notice;
import static dk.sporlos.account.FormHtml.paragraph;
import static dk.sporlos.account.Gatekeeper.FORGOTTEN;
import static dk.sporlos.account.Gatekeeper.SIGN_IN;
import static dk.sporlos.page.Html.element;
import static dk.sporlos.page.Html.link;

import dk.sporlos.metrics.FailureLog;
import dk.sporlos.page.Html;
import dk.sporlos.page.Language;
import dk.sporlos.page.Page;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The page on which somebody asks for a link to a new password by mail.
 *
 * <p>It is answered before anybody looks whether there is an account, so neither what it says nor
 * how long it takes tells.
 */
final class ForgottenRoutes {
  private final Gatekeeper gate;
  private final SignInSettings settings;
  private final Accounts accounts;
  private final Links links;
  private final @Nullable Mails mails;
  private final Throttle throttle;
  private final FailureLog notSent = new FailureLog("a link to a new password was not sent");

  /**
   * @param mails null if there is no server to hand them to
   */
  ForgottenRoutes(
      Gatekeeper gate,
      SignInSettings settings,
      Accounts accounts,
      Links links,
      @Nullable Mails mails,
      Clock clock) {
    this.gate = gate;
    this.settings = settings;
    this.accounts = accounts;
    this.links = links;
    this.mails = mails;
    this.throttle = Throttle.ofMails(clock);
  }

  void mount(Router router) {
    router.get(FORGOTTEN).handler(context -> gate.page(context, asked -> show(context, 200, null)));
    router.post(FORGOTTEN).handler(context -> gate.form(context, form -> ask(context, form)));
  }

  private Future<Void> show(RoutingContext context, int status, @Nullable String words) {
    Language language = Language.of(context);
    if (mails == null || !settings.passwords()) {
      return page(
          context,
          status,
          paragraph(
              language.of(
                  "Den, der driver denne server, kan lave et link til en ny adgangskode: sporlos user"
                      + " reset og din e-mailadresse.",
                  "Whoever runs this server can make a link to a new password: sporlos user reset"
                      + " and your e-mail address.")));
    }
    return page(
        context,
        status,
        Html.join(
            notice(words),
            paragraph(
                language.of(
                    "Skriv den adresse, du logger ind med, så kommer der et link til en ny"
                        + " adgangskode.",
                    "Write the address by which you sign in, and a link to a new password comes.")),
            form(
                FORGOTTEN,
                language.of("Send linket", "Send the link"),
                hidden("lang", language.code()),
                field("email", "E-mail", "email", "username", ""))));
  }

  private Future<Void> ask(RoutingContext context, Map<String, String> form) {
    Language language = Language.of(context);
    if (gate.door().isTooMuch(context.request())) {
      context.response().putHeader(HttpHeaders.RETRY_AFTER, "60");
      return show(context, 429, SignInPage.tooManyWords(language));
    }
    Email email = Email.find(form.getOrDefault("email", ""));
    if (mails == null || !settings.passwords() || email == null) {
      return show(
          context, 400, language.of("Det er ikke en e-mailadresse.", "That is no e-mail address."));
    }
    gate.door().failed(context.request());
    return page(
            context,
            200,
            paragraph(
                language.of(
                    "Har adressen en konto med adgangskode, er der et link på vej. Det gælder i en"
                        + " halv time.",
                    "If the address has an account with a password, a link is on its way. It holds"
                        + " for half an hour.")))
        .onSuccess(answered -> send(mails, email));
  }

  private void send(Mails known, Email email) {
    if (!throttle.takes(email)) {
      return;
    }
    accounts
        .byEmail(email)
        .compose(
            account ->
                account == null || !account.hasPassword()
                    ? Future.succeededFuture()
                    : links.toResetByMail(account.id()).compose(link -> known.reset(account, link)))
        .onFailure(notSent::log);
  }

  private static Future<Void> page(RoutingContext context, int status, Html content) {
    Language language = Language.of(context);
    Html whole =
        element(
            "div",
            content,
            element("p", link(SIGN_IN, language.of("Til login", "Back to signing in"))));
    new Page(language, language.of("Glemt adgangskode", "Forgotten password"), whole, FORGOTTEN)
        .send(context, status, Page.NOT_STORED);
    return Future.succeededFuture();
  }
}
