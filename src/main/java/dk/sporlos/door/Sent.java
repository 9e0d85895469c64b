package dk.sporlos.door;

import dk.sporlos.http.Bearer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.HostAndPort;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a request in which the trackers of other products say something.
 *
 * @param host that was asked, as the request names it; empty if it names none
 * @param query without its question mark; empty if there is none
 * @param referrer header {@code Referer}; null if there is none
 * @param forwardedFor for whom a program with a token says in headers that it sends; null if it
 *     does not
 */
record Sent(
    String host,
    String path,
    String query,
    @Nullable String referrer,
    @Nullable Address forwardedFor,
    Buffer body) {
  private static final List<String> FORWARDED_FOR = List.of("X-Plausible-IP", "X-Forwarded-For");
  private static final Pattern FORM = Pattern.compile("[\\w%.$\\[\\]-]+=");

  static Sent of(HttpServerRequest request, Buffer body) {
    HostAndPort asked = request.authority();
    return new Sent(
        asked == null ? "" : asked.host(),
        Objects.requireNonNullElse(request.path(), ""),
        Objects.requireNonNullElse(request.query(), ""),
        request.getHeader(HttpHeaders.REFERER),
        Bearer.token(request) == null ? null : forwardedFor(request),
        body);
  }

  /** As the events API of Plausible has it: the first that is named. */
  private static @Nullable Address forwardedFor(HttpServerRequest request) {
    for (String name : FORWARDED_FOR) {
      String value = request.getHeader(name);
      if (value != null) {
        return Address.parse(value.split(",", 2)[0].strip());
      }
    }
    return null;
  }

  /** The body as text; null if it is not UTF-8. */
  @Nullable String text() {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(body.getBytes()))
          .toString();
    } catch (CharacterCodingException notUtf8) {
      return null;
    }
  }

  /** The body as JSON; null if it is none. */
  @Nullable Object json() {
    String text = text();
    try {
      return text == null || text.isBlank() ? null : Json.decodeValue(text);
    } catch (DecodeException notJson) {
      return null;
    }
  }

  /** The body as a form, whose fields are texts; null if it is none. */
  @Nullable JsonObject form() {
    String text = text();
    if (text == null || !FORM.matcher(text).lookingAt()) {
      return null;
    }
    JsonObject fields = new JsonObject();
    QueryText.read(text).forEach(fields::put);
    return fields;
  }

  @Override
  public String toString() {
    return "Sent";
  }
}
