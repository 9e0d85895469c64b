package dk.sporlos.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.Objects;

/**
 * What went wrong with a request, as RFC 9457 has it.
 *
 * @param status HTTP status
 * @param code what kind of problem, in lower case with dashes; also the label in metrics
 * @param detail names the thing and the remedy; repeats nothing that the client sent
 */
public record Problem(int status, String code, String detail) {
  public Problem {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(detail, "detail");
  }

  /** Answers with this problem, and with the id of the request where the log has it. */
  public Future<Void> send(HttpServerResponse response) {
    JsonObject body =
        new JsonObject()
            .put("type", "urn:sporlos:" + code)
            .put("title", code)
            .put("status", status)
            .put("detail", detail);
    String id = FailedRequests.of(response);
    if (id != null) {
      body.put("request", id);
    }
    return response
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(body.toBuffer());
  }
}
