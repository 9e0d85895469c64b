package dk.sporlos.intake;

import dk.sporlos.door.Reason;
import dk.sporlos.http.Bearer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Answers servers as GoatCounter does: 202, or an object of what is wrong with which hit. */
final class GoatCounterApiAnswers implements DialectAnswers {

  @Override
  public void preflight(HttpServerResponse response) {
    response
        .setStatusCode(204)
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "POST")
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, "*")
        .end();
  }

  @Override
  public void answer(HttpServerRequest request, Report report) {
    HttpServerResponse response = request.response();
    List<Ending> endings = report.endings();
    JsonObject errors = new JsonObject();
    boolean tooMany = false;
    for (int i = 0; i < endings.size(); i++) {
      Ending ending = endings.get(i);
      tooMany |= ending instanceof Ending.TooMany;
      if (ending instanceof Ending.TooLarge) {
        end(response, 413, error("the body is too large"));
        return;
      } else if (ending instanceof Ending.Malformed malformed
          && malformed.subject().equals("hits")) {
        end(response, 400, error(malformed.detail()));
        return;
      } else if (ending instanceof Ending.Malformed malformed) {
        errors.put(String.valueOf(i), malformed.subject() + ": " + malformed.detail());
      } else if (ending instanceof Ending.Ignored ignored) {
        if (ignored.reason() == Reason.NO_TOKEN) {
          String said = Bearer.token(request) == null ? "no Authorization header" : "unknown token";
          end(response, 401, error(said));
          return;
        } else if (isNoSite(ignored.reason())) {
          errors.put(String.valueOf(i), ignored.reason().words());
        }
      }
    }
    if (report.notStored() != null) {
      end(response, 503, error("not stored; send it again later"));
    } else if (tooMany) {
      end(response, 429, error("rate limited exceeded"));
    } else if (!errors.isEmpty()) {
      end(response, 400, new JsonObject().put("errors", errors));
    } else {
      end(response, 202, new JsonObject().put("status", "ok"));
    }
  }

  private static boolean isNoSite(Reason reason) {
    return reason == Reason.UNKNOWN_SITE || reason == Reason.DIALECT_OFF;
  }

  private static JsonObject error(String words) {
    return new JsonObject().put("error", words);
  }

  private static void end(HttpServerResponse response, int status, JsonObject body) {
    response
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json; charset=utf-8")
        .end(body.toBuffer());
  }
}
