package dk.sporlos.page;

import io.vertx.ext.web.RoutingContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what forms of pages send (URL standard, application/x-www-form-urlencoded). */
public final class Forms {
  private Forms() {}

  /** The fields by name, the first of each; a field that cannot be decoded is left out. */
  public static Map<String, String> parse(String body) {
    Map<String, String> fields = new HashMap<>();
    for (String field : body.split("&", -1)) {
      int equals = field.indexOf('=');
      String name = equals > 0 ? decoded(field.substring(0, equals)) : null;
      String value = decoded(field.substring(equals + 1));
      if (name != null && value != null) {
        fields.putIfAbsent(name, value);
      }
    }
    return fields;
  }

  /** The language of the page that a form was on. */
  public static Language language(Map<String, String> form, RoutingContext context) {
    String code = form.getOrDefault("lang", "");
    for (Language language : Language.values()) {
      if (language.code().equals(code)) {
        return language;
      }
    }
    return Language.of(context);
  }

  private static @Nullable String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException undecodable) {
      return null;
    }
  }
}
