package dk.sporlos.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the head of a request has to fulfil that could be read. */
final class HeadRules {

  /** A beacon as an image has two addresses in its own, each of 2,000 characters, encoded. */
  static final int MAX_LINE_BYTES = 8 * 1024;

  static final Problem TOO_LONG =
      new Problem(414, "line-too-long", "a request's address has 8 KB at most");

  /*
   * RFC 9112, 3.2 and 6.3: what names no host, or two, or a body whose end cannot be told, may be
   * another request to us than to a proxy before us (request smuggling).
   */
  private static final Problem NO_ONE_HOST =
      new Problem(400, "bad-request", "a request names one host, in its header Host");
  private static final Problem UNKNOWN_CODING =
      new Problem(400, "bad-request", "a body is sent whole or chunked, and in no other coding");

  /* RFC 6750, 5.3: addresses are kept by proxies, browsers and whoever is sent there. */
  private static final Problem SECRET_IN_ADDRESS =
      new Problem(
          400,
          "token-in-address",
          "a token does not belong in an address, where it gets into logs: send it as"
              + " Authorization: Bearer, and replace this one");
  private static final String API = "/api/";

  /** By the names that others give such parameters, and by how our tokens begin. */
  private static final Pattern SECRET =
      Pattern.compile(
          "(?:^|&)(?:access_token|api[_-]?key|api_token|auth|auth_token|authorization|bearer|token)="
              + "|=sporlos_",
          Pattern.CASE_INSENSITIVE);

  private HeadRules() {}

  /** What a head breaks; null if nothing. */
  static @Nullable Problem fault(HttpServerRequest request) {
    if (request.uri().length() > MAX_LINE_BYTES) { // HTTP/2 has no line that would be too long
      return TOO_LONG;
    }
    if (request.version() != HttpVersion.HTTP_2) {
      List<String> hosts = request.headers().getAll(HttpHeaders.HOST);
      if (hosts.size() > 1
          || (request.version() == HttpVersion.HTTP_1_1 && request.authority() == null)) {
        return NO_ONE_HOST;
      }
      List<String> codings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
      if (!codings.isEmpty()
          && !(codings.size() == 1 && codings.get(0).equalsIgnoreCase("chunked"))) {
        return UNKNOWN_CODING;
      }
    }
    String query = request.query();
    String path = request.path();
    return query != null && path != null && path.startsWith(API) && SECRET.matcher(query).find()
        ? SECRET_IN_ADDRESS
        : null;
  }
}
