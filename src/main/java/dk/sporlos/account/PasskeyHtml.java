package dk.sporlos.account;

import static dk.sporlos.account.FormHtml.hidden;
import static dk.sporlos.page.Html.element;
import static dk.sporlos.page.Html.text;
import static dk.sporlos.page.Html.with;

import dk.sporlos.page.Html;
import dk.sporlos.page.Language;

/**
 * Forms that a passkey answers. The page's script asks the server for the options, the browser for
 * the passkey, and sends the form with what it gave; where the browser has no passkeys it stays
 * hidden.
 */
final class PasskeyHtml {
  /** The script that every page with such a form has. */
  static final String SCRIPT = "/passkey.js";

  /** The field of what the browser gave. */
  static final String CREDENTIAL = "credential";

  private PasskeyHtml() {}

  /** A form that is answered by a passkey which the browser makes. */
  static Html toMake(Language language, String options, String action, Html... fields) {
    return form(
        "create",
        options,
        action,
        language.of("Lav en adgangsnøgle", "Make a passkey"),
        language.of(
            "Der blev ikke lavet nogen adgangsnøgle. Prøv igen.",
            "No passkey was made. Try again."),
        fields);
  }

  /** A form that is answered by a passkey which the browser has. */
  static Html toSignIn(Language language, String options, String action, String next) {
    return form(
        "get",
        options,
        action,
        language.of("Log ind med en adgangsnøgle", "Sign in with a passkey"),
        language.of(
            "Browseren viste ingen adgangsnøgle. Prøv igen.",
            "The browser showed no passkey. Try again."),
        hidden(Next.NAME, next),
        hidden("lang", language.code()));
  }

  private static Html form(
      String what, String options, String action, String button, String failed, Html... fields) {
    return element(
        "form",
        with("method", "post")
            .and("action", action)
            .and("data-passkey", what)
            .and("data-options", options)
            .and("data-failed", failed)
            .and("hidden", ""),
        Html.join(fields),
        hidden(CREDENTIAL, ""),
        element("p", with("role", "alert")),
        element("p", element("button", with("type", "submit"), text(button))));
  }
}
