package dk.sporlos.privacy;

import io.vertx.ext.web.RoutingContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Reads what forms of pages send (URL standard, application/x-www-form-urlencoded). */
final class Forms {
  private Forms() {}

  /** The fields by name, the first of each; a field that cannot be decoded is left out. */
  static Map<String, String> parse(String body) {
    Map<String, String> fields = new HashMap<>();
    for (String field : body.split("&")) {
      int equals = field.indexOf('=');
      if (equals > 0) {
        try {
          fields.putIfAbsent(
              decoded(field.substring(0, equals)), decoded(field.substring(equals + 1)));
        } catch (IllegalArgumentException undecodable) {
          continue;
        }
      }
    }
    return fields;
  }

  /** The language of the page that a form was on. */
  static Language language(Map<String, String> form, RoutingContext context) {
    String code = form.getOrDefault("lang", "");
    for (Language language : Language.values()) {
      if (language.code().equals(code)) {
        return language;
      }
    }
    return Language.of(context);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
