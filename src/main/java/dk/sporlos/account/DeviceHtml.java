package dk.sporlos.account;

import static dk.sporlos.account.FormHtml.field;
import static dk.sporlos.account.FormHtml.form;
import static dk.sporlos.account.FormHtml.hidden;
import static dk.sporlos.account.FormHtml.paragraph;
import static dk.sporlos.page.Html.element;
import static dk.sporlos.page.Html.text;
import static dk.sporlos.page.Html.with;

import dk.sporlos.page.Html;
import dk.sporlos.page.Language;
import java.util.List;

/** The pieces of pages on which somebody sets up a device that makes codes. */
final class DeviceHtml {
  /** Where the picture for the device's camera is. */
  static final String PICTURE = "/account/device.svg";

  private DeviceHtml() {}

  /**
   * What is put into the device, and the form for its first code.
   *
   * @param action where the form is sent
   * @param more what the form says beside the code
   */
  static Html toConfirm(Language language, Totp device, String action, Html... more) {
    return Html.join(
        paragraph(
            language.of(
                "Skan billedet med en app til engangskoder, eller skriv nøglen ind i den.",
                "Scan the picture with an app for one-time codes, or write the key into it.")),
        element(
            "p",
            element(
                "img",
                with("src", PICTURE)
                    .and("width", "220")
                    .and("height", "220")
                    .and("alt", language.of("Nøglen som QR-kode", "The key as a QR code")))),
        element(
            "p",
            text(language.of("Nøgle: ", "Key: ")),
            element("code", device.text().replaceAll("(.{4})(?!$)", "$1 "))),
        form(
            action,
            language.of("Bekræft", "Confirm"),
            field(
                "code",
                language.of("Kode fra enheden", "Code of the device"),
                "text",
                "one-time-code",
                ""),
            hidden("lang", language.code()),
            Html.join(more)));
  }

  /** Codes for the loss of the device, which are shown once; nothing if there are none. */
  static Html codes(Language language, List<String> codes) {
    if (codes.isEmpty()) {
      return Html.NONE;
    }
    return element(
        "section",
        with("class", "notice"),
        element("h2", language.of("Gem disse koder", "Keep these codes")),
        paragraph(
            language.of(
                "Hver kode kan bruges én gang i stedet for din enhed. De bliver ikke vist igen.",
                "Each may be used once in place of your device. They are not shown again.")),
        element(
            "ul",
            Html.join(codes.stream().map(code -> element("li", element("code", code))).toList())));
  }
}
