package dk.sporlos.intake;

import dk.sporlos.door.Reason;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Answers as Plausible does: 202 {@code ok}, also for what does not count, which a header says. */
final class PlausibleAnswers implements DialectAnswers {
  private static final String DROPPED = "x-plausible-dropped";

  @Override
  public void open(HttpServerResponse response) {
    response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
  }

  @Override
  public void preflight(HttpServerResponse response) {
    response
        .setStatusCode(204)
        .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, "1728000")
        .putHeader(
            HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS,
            "Authorization,Content-Type,Accept,Origin,User-Agent,DNT,Cache-Control,X-Mx-ReqToken,"
                + "Keep-Alive,X-Requested-With,If-Modified-Since,X-CSRF-Token")
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET,POST,PUT,PATCH,DELETE,OPTIONS")
        .end();
  }

  @Override
  public void answer(HttpServerRequest request, Report report) {
    HttpServerResponse response = request.response();
    if (report.notStored() != null) {
      end(response, 503, new JsonObject().put("error", "not stored; send it again later"));
      return;
    }
    for (Ending ending : report.endings()) {
      if (ending instanceof Ending.Malformed malformed) {
        String field = malformed.subject().isEmpty() ? "request" : malformed.subject();
        end(
            response,
            400,
            new JsonObject()
                .put("errors", new JsonObject().put(field, JsonArray.of(malformed.detail()))));
        return;
      } else if (ending instanceof Ending.TooLarge) {
        end(response, 413, new JsonObject().put("error", "the body is too large"));
        return;
      } else if (ending instanceof Ending.Ignored ignored && ignored.reason() == Reason.NO_TOKEN) {
        end(response, 401, new JsonObject().put("error", Reason.NO_TOKEN.words()));
        return;
      }
    }
    if (report.lost() > 0) {
      response.putHeader(DROPPED, String.valueOf(report.lost()));
    }
    response
        .setStatusCode(202)
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
        .end("ok");
  }

  private static void end(HttpServerResponse response, int status, JsonObject body) {
    response
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json; charset=utf-8")
        .end(body.toBuffer());
  }
}
