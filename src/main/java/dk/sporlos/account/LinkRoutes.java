package dk.sporlos.account;

import static dk.sporlos.account.FormHtml.field;
import static dk.sporlos.account.FormHtml.form;
import static dk.sporlos.account.FormHtml.hidden;
import static dk.sporlos.account.FormHtml.notice;
import static dk.sporlos.account.FormHtml.paragraph;

import dk.sporlos.account.Links.Link;
import dk.sporlos.account.Links.Purpose;
import dk.sporlos.page.Html;
import dk.sporlos.page.Language;
import dk.sporlos.page.Page;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The page that a link leads to which may be opened once: for the first account, a new password, or
 * an invitation. 404 for a link that does not hold, whatever the reason.
 */
final class LinkRoutes {
  private static final String PATH = "/link/:secret";

  private final Gatekeeper gate;
  private final SignInSettings settings;
  private final Links links;
  private final Openings openings;
  private final Passwords passwords;
  private final Accounts accounts;

  LinkRoutes(
      Gatekeeper gate,
      SignInSettings settings,
      Links links,
      Openings openings,
      Passwords passwords,
      Accounts accounts) {
    this.gate = gate;
    this.settings = settings;
    this.links = links;
    this.openings = openings;
    this.passwords = passwords;
    this.accounts = accounts;
  }

  void mount(Router router) {
    router.get(PATH).handler(context -> gate.page(context, this::show));
    router.post(PATH).handler(context -> gate.form(context, form -> open(context, form)));
  }

  private static Secret secret(RoutingContext context) {
    return new Secret(Objects.requireNonNullElse(context.pathParam("secret"), ""));
  }

  /** The link that is opened; null if it does not hold. None holds where nobody has a password. */
  private Future<@Nullable Link> link(RoutingContext context) {
    return settings.passwords() ? links.find(secret(context)) : Future.succeededFuture();
  }

  private Future<Void> show(RoutingContext context) {
    return link(context)
        .compose(
            link ->
                link == null
                    ? gone(context)
                    : hasAccount(link)
                        .compose(
                            has ->
                                has
                                    ? offer(context, link)
                                    : page(context, 200, link, null, Map.of())));
  }

  /** Whether a link invites somebody to a role who has an account by now. */
  private Future<Boolean> hasAccount(Link link) {
    Links.Invitation invitation = link.invitation();
    return invitation == null || invitation.grant() == null
        ? Future.succeededFuture(false)
        : accounts.byEmail(invitation.email()).map(found -> found != null);
  }

  private static Future<Void> offer(RoutingContext context, Link link) {
    Language language = Language.of(context);
    String here = "/link/" + secret(context).text();
    Html content =
        Html.join(
            paragraph(
                language.of(
                    "Du er inviteret, og adressen har en konto. Log ind med den bagefter.",
                    "You are invited, and the address has an account. Sign in with it afterwards.")),
            form(here, language.of("Tag imod", "Accept"), hidden("lang", language.code())));
    new Page(language, title(link, language), content, here).send(context, 200, Page.NOT_STORED);
    return Future.succeededFuture();
  }

  private Future<Void> open(RoutingContext context, Map<String, String> said) {
    return link(context)
        .compose(
            link ->
                link == null
                    ? gone(context)
                    : hasAccount(link)
                        .compose(
                            has ->
                                has
                                    ? opened(context, openings.accept(secret(context)))
                                    : email(link, said)
                                        .compose(email -> open(context, link, said, email))));
  }

  private static Future<Void> opened(RoutingContext context, Future<Integer> account) {
    return account
        .compose(done -> Gatekeeper.go(context, Gatekeeper.SIGN_IN))
        .recover(
            failure ->
                failure instanceof Openings.NotOpenedException
                    ? gone(context)
                    : Future.failedFuture(failure));
  }

  /** Whose password it is going to be; null if that cannot be told. */
  private Future<@Nullable Email> email(Link link, Map<String, String> said) {
    Integer account = link.account();
    Links.Invitation invitation = link.invitation();
    if (account != null) {
      return accounts.find(account).map(found -> found == null ? null : found.account().email());
    }
    return Future.succeededFuture(
        invitation == null ? Email.find(said.getOrDefault("email", "")) : invitation.email());
  }

  private Future<Void> open(
      RoutingContext context, Link link, Map<String, String> said, @Nullable Email email) {
    Language language = Language.of(context);
    String password = said.getOrDefault("password", "");
    String name = link.purpose() == Purpose.RESET ? "-" : said.getOrDefault("name", "").strip();
    String fault = fault(language, email, name, password);
    if (fault != null || email == null) {
      return page(context, 400, link, fault, said);
    }
    return opened(
        context,
        passwords
            .hash(password)
            .compose(
                hash ->
                    openings.open(
                        secret(context), new Openings.Said(email, name, hash, language))));
  }

  private @Nullable String fault(
      Language language, @Nullable Email email, String name, String password) {
    if (email == null) {
      return language.of("Det er ikke en e-mailadresse.", "That is no e-mail address.");
    }
    try {
      String unused = Account.name(name);
    } catch (IllegalArgumentException fault) {
      return language.of(
          "Skriv dit navn med højst 100 tegn.", "Write your name, in 100 characters at most.");
    }
    Passwords.Fault fault = passwords.fault(password, email);
    return fault == null ? null : fault.words(language);
  }

  private static Future<Void> page(
      RoutingContext context,
      int status,
      Link link,
      @Nullable String fault,
      Map<String, String> said) {
    Language language = Language.of(context);
    String here = "/link/" + secret(context).text();
    boolean asksForName = link.purpose() != Purpose.RESET;
    Html content =
        Html.join(
            notice(fault),
            paragraph(words(link, language)),
            form(
                here,
                language.of("Gem", "Save"),
                hidden("lang", language.code()),
                link.purpose() == Purpose.SETUP
                    ? field(
                        "email",
                        language.of("E-mail", "E-mail"),
                        "email",
                        "username",
                        said.getOrDefault("email", ""))
                    : Html.NONE,
                asksForName
                    ? field(
                        "name",
                        language.of("Navn", "Name"),
                        "text",
                        "name",
                        said.getOrDefault("name", ""))
                    : Html.NONE,
                field(
                    "password",
                    language.of(
                        "Adgangskode (mindst " + Passwords.SHORTEST + " tegn)",
                        "Password (at least " + Passwords.SHORTEST + " characters)"),
                    "password",
                    "new-password",
                    "")));
    new Page(language, title(link, language), content, here).send(context, status, Page.NOT_STORED);
    return Future.succeededFuture();
  }

  private static String title(Link link, Language language) {
    return switch (link.purpose()) {
      case SETUP -> language.of("Velkommen til Sporløs", "Welcome to Sporløs");
      case RESET -> language.of("Ny adgangskode", "New password");
      case INVITATION -> language.of("Din konto", "Your account");
    };
  }

  private static String words(Link link, Language language) {
    Links.Invitation invitation = link.invitation();
    if (invitation != null) {
      return language.of(
          "Du er inviteret. Kontoen får adressen " + invitation.email().text() + ".",
          "You are invited. The account gets the address " + invitation.email().text() + ".");
    }
    return link.purpose() == Purpose.SETUP
        ? language.of(
            "Dette er den første konto; den må alt. Når den er gemt, holder linket ikke længere.",
            "This is the first account, and it may do everything. Once it is saved, the link no"
                + " longer holds.")
        : language.of(
            "Når adgangskoden er gemt, er du logget ud alle andre steder.",
            "Once the password is saved, you are signed out everywhere else.");
  }

  private static Future<Void> gone(RoutingContext context) {
    Language language = Language.of(context);
    Html content =
        paragraph(
            language.of(
                "Linket er brugt eller udløbet. Bed den, der driver serveren, om et nyt.",
                "The link was used or has expired. Ask whoever runs this server for a new one."));
    new Page(
            language,
            language.of("Linket holder ikke", "This link does not hold"),
            content,
            "/sign-in")
        .send(context, 404, Page.NOT_STORED);
    return Future.succeededFuture();
  }
}
