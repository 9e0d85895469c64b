package dk.sporlos.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a database URL. */
final class DatabaseUrlParser {
  private DatabaseUrlParser() {}

  /*
   * java.net.URI would repeat its input in error messages, and a password that is not encoded can
   * turn up in any part. So the parts are told apart here, and no message shows one of them unless
   * it is certain that there is no password in it: none is, once an @ comes after the authority.
   */
  private static final Pattern URL =
      Pattern.compile(
          "postgres(?:ql)?://(?<authority>[^/?]*)(?:/(?<database>[^?]*))?(?:\\?(?<query>.*))?");

  private static final Pattern AUTHORITY =
      Pattern.compile(
          "(?:(?<user>[^:]*)(?::(?<password>.*))?@)?(?:\\[(?<six>[^]]*)]|(?<host>[^:@\\[\\]]*))(?::(?<port>[^:]*))?");

  static DatabaseUrl parse(String uri) {
    Matcher url = URL.matcher(uri.strip());
    if (!url.matches()) {
      throw new DatabaseException(
          "The database URL is none: it looks like postgresql://user:password@host/database.");
    }
    if (text(url, "database").contains("@") || text(url, "query").contains("@")) {
      throw new DatabaseException(
          "The database URL has an @ where none may be: in user and password write / as %2F, ? as %3F, : as %3A and @ as %40.");
    }
    Matcher authority = AUTHORITY.matcher(text(url, "authority"));
    if (!authority.matches()) {
      throw new DatabaseException(
          "The database URL does not say clearly what is user, password, host and port: in user and password write : as %3A and @ as %40, and put an IPv6 address in brackets.");
    }
    String host = authority.group("six") != null ? text(authority, "six") : text(authority, "host");
    if (host.contains(",")) {
      throw new DatabaseException("The database URL names several hosts: name one.");
    }
    String password = authority.group("password");
    return new DatabaseUrl(
        decoded(host),
        port(authority.group("port")),
        decoded(text(url, "database")),
        decoded(text(authority, "user")),
        password == null || password.isEmpty() ? null : decoded(password),
        parameters(text(url, "query")));
  }

  private static String text(Matcher matcher, String group) {
    String found = matcher.group(group);
    return found == null ? "" : found;
  }

  private static int port(@Nullable String digits) {
    if (digits == null || digits.isEmpty()) {
      return DatabaseUrl.DEFAULT_PORT;
    }
    return digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : 0;
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String parameter : query.split("&", -1)) {
      if (!parameter.isEmpty()) {
        int equals = parameter.indexOf('=');
        if (equals < 1) {
          throw new DatabaseException(
              "The parameters of a database URL are written name=value, with & between them.");
        }
        parameters.put(
            decoded(parameter.substring(0, equals)), decoded(parameter.substring(equals + 1)));
      }
    }
    return parameters;
  }

  private static String decoded(String part) {
    try {
      return URLDecoder.decode(part.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException e) {
      throw new DatabaseException(
          "The database URL has a % that is not followed by two hexadecimal digits: write % itself as %25.");
    }
  }
}
