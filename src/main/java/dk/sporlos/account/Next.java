package dk.sporlos.account;

import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where somebody wants to go on once they have signed in; always a path of this host. */
final class Next {
  static final String NAME = "next";

  private static final String HOME = "/account";

  /** A path of this host: what begins with two slashes, or a backslash, is another host. */
  private static final Pattern LOCAL = Pattern.compile("/(?![/\\\\])[\\w./?=&%#@:+~,;-]{0,500}");

  private Next() {}

  /** What the address asks for. */
  static String of(RoutingContext context) {
    return local(context.request().getParam(NAME));
  }

  /** What a form says. */
  static String in(Map<String, String> form) {
    return local(form.get(NAME));
  }

  /** The same path if it is one of this host; else the page of the account. */
  static String local(@Nullable String asked) {
    return asked != null && LOCAL.matcher(asked).matches() ? asked : HOME;
  }

  /** The address of a page after which it goes on there. */
  static String after(String page, String next) {
    return page + "?" + NAME + "=" + URLEncoder.encode(local(next), StandardCharsets.UTF_8);
  }
}
