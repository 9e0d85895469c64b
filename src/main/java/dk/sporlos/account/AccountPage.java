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
    Sessions.Session session,
    List<Sessions.Listed> open,
    @Nullable Totp prepared,
    long codesLeft) {

  Html html(AccountRoutes.Said said) {
    return Html.lines(
        Stream.of(
            notice(said.words()),
            codes(said.codes()),
            element("p", text(session.account().name() + ", " + session.account().email().text())),
            post("/sign-out", say("Log ud", "Sign out")),
            element("h2", say("Adgangskode", "Password")),
            password(),
            element("h2", say("Kode ved login", "Code when signing in")),
            device(),
            element("h2", say("Hvor du er logget ind", "Where you are signed in")),
            sessions()));
  }

  private Html codes(List<String> codes) {
    if (codes.isEmpty()) {
      return Html.NONE;
    }
    return element(
        "section",
        with("class", "notice"),
        element("h2", say("Gem disse koder", "Keep these codes")),
        paragraph(
            say(
                "Hver kode kan bruges én gang i stedet for din enhed. De bliver ikke vist igen.",
                "Each may be used once in place of your device. They are not shown again.")),
        element(
            "ul",
            Html.join(codes.stream().map(code -> element("li", element("code", code))).toList())));
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
    return Html.join(
        paragraph(
            say(
                "Skan billedet med en app til engangskoder, eller skriv nøglen ind i den.",
                "Scan the picture with an app for one-time codes, or write the key into it.")),
        element(
            "p",
            element(
                "img",
                with("src", "/account/device.svg")
                    .and("width", "220")
                    .and("height", "220")
                    .and("alt", say("Nøglen som QR-kode", "The key as a QR code")))),
        element(
            "p",
            text(say("Nøgle: ", "Key: ")),
            element("code", device.text().replaceAll("(.{4})(?!$)", "$1 "))),
        post(
            "/account/device/confirm",
            say("Bekræft", "Confirm"),
            field(
                "code",
                say("Kode fra enheden", "Code of the device"),
                "text",
                "one-time-code",
                "")));
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
