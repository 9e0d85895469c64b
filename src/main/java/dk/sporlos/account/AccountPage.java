package dk.sporlos.account;

import static dk.sporlos.account.FormHtml.field;
import static dk.sporlos.account.FormHtml.form;
import static dk.sporlos.account.FormHtml.hidden;
import static dk.sporlos.account.FormHtml.notice;
import static dk.sporlos.account.FormHtml.paragraph;
import static dk.sporlos.page.Html.element;
import static dk.sporlos.page.Html.text;
import static dk.sporlos.page.Html.with;

import dk.sporlos.page.Html;
import dk.sporlos.page.Language;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The page on which people look after their own account.
 *
 * @param prepared the secret of a device that is to be confirmed; null if none is
 * @param codesLeft how many codes for the loss of the device are left
 */
record AccountPage(
    Language language,
    SignInSettings settings,
    Sessions.Session session,
    List<Sessions.Listed> open,
    @Nullable Totp prepared,
    long codesLeft,
    List<PasskeyStore.Listed> passkeys) {

  static final String PROFILE = "/account/profile";

  Html html(AccountView.Said said) {
    return Html.lines(
        Stream.of(
            element(
                "p",
                element("a", with("href", "/sites"), text(say("Til tallene", "To the figures")))),
            notice(said.words()),
            DeviceHtml.codes(language, said.codes()),
            element("p", text(session.account().name() + ", " + session.account().email().text())),
            post("/sign-out", say("Log ud", "Sign out")),
            element("h2", say("Navn og sprog", "Name and language")),
            profile(),
            session.account().hasPassword() ? ownWays() : byProvider(),
            element("h2", say("Hvor du er logget ind", "Where you are signed in")),
            sessions()));
  }

  private Html profile() {
    return post(
        PROFILE,
        say("Gem", "Save"),
        field("name", say("Navn", "Name"), "text", "name", session.account().name()),
        element(
            "p",
            element("label", with("for", "language"), text(say("Sprog", "Language"))),
            element("br"),
            element(
                "select",
                with("id", "language").and("name", "language"),
                Html.join(Stream.of(Language.values()).map(this::choice).toList()))));
  }

  private Html choice(Language one) {
    Html.Attributes attributes = with("value", one.code());
    if (one == session.account().language()) {
      attributes.and("selected", "");
    }
    return element("option", attributes, text(one.ownName()));
  }

  /** What belongs to the ways in that are the account's own. */
  private Html ownWays() {
    return Html.join(
        element("h2", say("Adgangskode", "Password")),
        password(),
        element("h2", say("Kode ved login", "Code when signing in")),
        device(),
        Passkeys.areMadeFor(settings.publicUrl())
            ? Html.join(
                element("h2", say("Adgangsnøgler", "Passkeys")), passkeysHeld(), passkeyToMake())
            : Html.NONE);
  }

  private Html byProvider() {
    ProviderSettings provider = settings.provider();
    String name = provider == null ? say("en udbyder", "a provider") : provider.name();
    return paragraph(
        say(
            "Du logger ind med " + name + ", som også bestemmer, hvad der kræves.",
            "You sign in with " + name + ", which also decides what that takes."));
  }

  private Html passkeysHeld() {
    if (passkeys.isEmpty()) {
      return paragraph(
          say(
              "Med en adgangsnøgle på din telefon, din computer eller en sikkerhedsnøgle logger du"
                  + " ind uden adgangskode, og ingen kan lokke den fra dig.",
              "With a passkey on your telephone, your computer or a security key you sign in"
                  + " without the password, and nobody can trick you out of it."));
    }
    return element(
        "table",
        element(
            "thead",
            element(
                "tr",
                element("th", with("scope", "col"), text(say("Navn", "Name"))),
                element("th", with("scope", "col"), text(say("Sidst brugt", "Last used"))),
                element("th", with("scope", "col"), text(say("Fjern", "Remove"))))),
        element("tbody", Html.lines(passkeys.stream().map(this::passkeyHeld))));
  }

  private Html passkeyHeld(PasskeyStore.Listed passkey) {
    LocalDate used = passkey.usedOn();
    return element(
        "tr",
        element("th", with("scope", "row"), text(passkey.name())),
        element("td", text(used == null ? say("aldrig", "never") : day(used))),
        element(
            "td",
            post(
                PasskeyRoutes.REMOVE,
                say("Fjern", "Remove"),
                hidden("passkey", Integer.toString(passkey.id())),
                current("password"))));
  }

  private Html passkeyToMake() {
    if (passkeys.size() >= PasskeyStore.MOST) {
      return paragraph(
          say("Du har så mange, som der er plads til.", "You have as many as there is room for."));
    }
    return PasskeyHtml.toMake(
        language,
        PasskeyRoutes.OPTIONS_TO_MAKE,
        PasskeyRoutes.MAKE,
        field(
            "passkey-name",
            say("Dit navn til den, fx telefonen", "Your name for it, such as the telephone"),
            "text",
            "off",
            ""),
        current("password"),
        hidden("lang", language.code()),
        Gatekeeper.token(session));
  }

  private String day(LocalDate day) {
    return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
        .withLocale(language.locale())
        .format(day);
  }

  private Html password() {
    return post(
        "/account/password",
        say("Skift adgangskode", "Change the password"),
        current("password"),
        field(
            "new-password",
            say(
                "Ny adgangskode (mindst " + Passwords.SHORTEST + " tegn)",
                "New password (at least " + Passwords.SHORTEST + " characters)"),
            "password",
            "new-password",
            ""));
  }

  private Html current(String id) {
    return Html.join(
        element(
            "p",
            element(
                "label",
                text(say("Din adgangskode nu", "Your password now")),
                element("br"),
                element(
                    "input",
                    with("name", id)
                        .and("type", "password")
                        .and("autocomplete", "current-password")
                        .and("maxlength", Integer.toString(Passwords.LONGEST))
                        .and("required", "")))));
  }

  private Html device() {
    if (session.account().secondStep()) {
      return Html.join(
          paragraph(
              say(
                  "Du bliver spurgt om en kode fra din enhed. Koder tilbage til det tilfælde, at den"
                      + " er væk: "
                      + codesLeft,
                  "You are asked for a code of your device. Codes left for its loss: "
                      + codesLeft)),
          post("/account/codes", say("Lav nye koder", "Make new codes"), current("password")),
          post(
              "/account/device/remove",
              say("Spørg ikke længere om en kode", "Ask for no code any more"),
              current("password")));
    }
    Totp device = prepared;
    if (device == null) {
      return Html.join(
          paragraph(
              say(
                  "Med en kode fra din telefon er adgangskoden alene ikke nok til at komme ind.",
                  "With a code of your telephone, the password alone lets nobody in.")),
          post(
              "/account/device/prepare",
              say("Sæt en enhed op", "Set up a device"),
              current("password")));
    }
    return DeviceHtml.toConfirm(
        language, device, "/account/device/confirm", Gatekeeper.token(session));
  }

  private Html sessions() {
    Html rows =
        Html.lines(
            open.stream()
                .map(
                    one ->
                        element(
                            "tr",
                            element(
                                "th",
                                with("scope", "row"),
                                text(
                                    one.browser().isEmpty()
                                        ? say("Ukendt browser", "Unknown browser")
                                        : one.browser())),
                            element("td", time(one.seenAt())),
                            element(
                                "td",
                                one.current()
                                    ? text(say("denne", "this one"))
                                    : post(
                                        "/account/sessions/end",
                                        say("Log ud", "Sign out"),
                                        hidden("session", Integer.toString(one.id())))))));
    return Html.join(
        element(
            "table",
            element(
                "thead",
                element(
                    "tr",
                    element("th", with("scope", "col"), text("Browser")),
                    element("th", with("scope", "col"), text(say("Sidst brugt", "Last used"))),
                    element("th", with("scope", "col"), text(say("Log ud", "Sign out"))))),
            element("tbody", rows)),
        open.size() > 1
            ? post(
                "/account/sessions/end-others",
                say("Log ud alle andre steder", "Sign out everywhere else"))
            : Html.NONE);
  }

  private String time(OffsetDateTime at) {
    return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
            .withLocale(language.locale())
            .format(at)
        + " UTC";
  }

  private Html post(String action, String button, Html... fields) {
    return form(
        action,
        button,
        Html.join(fields),
        hidden("lang", language.code()),
        Gatekeeper.token(session));
  }

  private String say(String danish, String english) {
    return language.of(danish, english);
  }
}
