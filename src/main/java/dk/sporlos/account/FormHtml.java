package dk.sporlos.account;

import static dk.sporlos.page.Html.element;
import static dk.sporlos.page.Html.text;
import static dk.sporlos.page.Html.with;

import dk.sporlos.page.Html;
import org.jspecify.annotations.Nullable;

/** The pieces that the forms of an account are made of: labelled fields and one button. */
final class FormHtml {
  private FormHtml() {}

  /** A form that is sent to an address of this host. */
  static Html form(String action, String button, Html... fields) {
    return element(
        "form",
        with("method", "post").and("action", action),
        Html.join(fields),
        element("p", element("button", with("type", "submit"), text(button))));
  }

  /** What a form says beside what the person writes. */
  static Html hidden(String name, String value) {
    return element("input", with("type", "hidden").and("name", name).and("value", value));
  }

  /**
   * A field that has to be filled in.
   *
   * @param purpose what browsers and managers of passwords know it by (HTML standard, autocomplete)
   */
  static Html field(String name, String label, String type, String purpose, String value) {
    Html.Attributes attributes =
        with("id", name)
            .and("name", name)
            .and("type", type)
            .and("autocomplete", purpose)
            .and("required", "");
    if (!value.isEmpty()) {
      attributes.and("value", value);
    }
    if (type.equals("password")) {
      attributes.and("maxlength", Integer.toString(Passwords.LONGEST));
    }
    return element(
        "p",
        element("label", with("for", name), text(label)),
        element("br"),
        element("input", attributes));
  }

  /** What is said before a form; nothing if there is nothing to say. */
  static Html notice(@Nullable String words) {
    return words == null
        ? Html.NONE
        : element("p", with("class", "notice").and("role", "alert"), text(words));
  }

  static Html paragraph(String words) {
    return element("p", words);
  }
}
