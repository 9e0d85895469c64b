package dk.sporlos.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * A file that is the same for everybody, and that browsers keep for a day.
 *
 * @param tag by which a browser asks whether it has changed
 * @param headers adds those that are sent with it beside those of every file
 */
public record StaticFile(
    String path, String type, Buffer content, String tag, Consumer<HttpServerResponse> headers) {

  /** A file under a path. */
  public static StaticFile of(
      String path, String type, byte[] content, Consumer<HttpServerResponse> headers) {
    CRC32C checksum = new CRC32C();
    checksum.update(content);
    String tag = "\"" + Long.toHexString(checksum.getValue()) + "\"";
    return new StaticFile(path, type, Buffer.buffer(content), tag, headers);
  }

  /** Adds its route to a router. */
  public void mount(Router router) {
    router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(this::send);
  }

  /** Answers with the file. */
  public void send(RoutingContext context) {
    headers.accept(context.response());
    context
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, type)
        .putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=86400")
        .putHeader(HttpHeaders.ETAG, tag);
    if (tag.equals(context.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
      context.response().setStatusCode(304).end();
    } else {
      context.response().end(content);
    }
  }
}
