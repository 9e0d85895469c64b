package dk.sporlos.intake;

import dk.sporlos.door.Reason;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Answers as Umami does. Where it hands out numbers of session and visit, and a signed note of
 * both, for the page to bring along, everybody gets the same that say nothing.
 */
final class UmamiAnswers implements DialectAnswers {
  private static final String NOBODY = "00000000-0000-0000-0000-000000000000";
  private static final String NO_NOTE = "none";

  /** What one beacon is answered. */
  private record Answer(int status, JsonObject body) {}

  @Override
  public void preflight(HttpServerResponse response) {
    response
        .setStatusCode(204)
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, "*")
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET, DELETE, POST, PUT")
        .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, "86400")
        .end();
  }

  @Override
  public void answer(HttpServerRequest request, Report report) {
    boolean whole = report.endings().stream().noneMatch(Ending.TooLarge.class::isInstance);
    if (report.bulk() && whole && report.notStored() == null) {
      end(request.response(), new Answer(200, batch(report.endings())));
    } else if (report.notStored() != null) {
      end(request.response(), error(503, "service-unavailable", "Not stored, send it again"));
    } else {
      end(request.response(), answer(report.endings().get(0)));
    }
  }

  private static JsonObject batch(List<Ending> endings) {
    JsonArray details = new JsonArray();
    for (int i = 0; i < endings.size(); i++) {
      Answer answer = answer(endings.get(i));
      if (answer.status() >= 400) {
        details.add(new JsonObject().put("index", i).put("response", answer.body()));
      }
    }
    return new JsonObject()
        .put("size", endings.size())
        .put("processed", endings.size() - details.size())
        .put("errors", details.size())
        .put("details", details)
        .put("cache", NO_NOTE);
  }

  private static Answer answer(Ending ending) {
    if (ending instanceof Ending.Malformed malformed) {
      Answer wrong = error(400, "bad-request", "Bad request");
      wrong.body().getJsonObject("error").put("detail", malformed.detail());
      return wrong;
    } else if (ending instanceof Ending.TooLarge) {
      return error(413, "payload-too-large", "The body is too large");
    } else if (ending instanceof Ending.TooMany) {
      return error(429, "too-many-requests", "Too many requests");
    } else if (ending instanceof Ending.Ignored ignored) {
      return ignored(ignored.reason());
    }
    return taken();
  }

  private static Answer ignored(Reason reason) {
    return switch (reason) {
      case UNKNOWN_SITE, DIALECT_OFF -> error(400, "bad-request", "Website not found.");
      case EXCLUDED_NETWORK -> error(403, "forbidden", "Forbidden");
      case NO_TOKEN -> error(401, "unauthorized", "Unauthorized");
      case BOT -> new Answer(200, new JsonObject().put("beep", "boop"));
      default -> taken();
    };
  }

  private static Answer taken() {
    return new Answer(
        200,
        new JsonObject().put("cache", NO_NOTE).put("sessionId", NOBODY).put("visitId", NOBODY));
  }

  private static Answer error(int status, String code, String message) {
    return new Answer(
        status,
        new JsonObject()
            .put(
                "error",
                new JsonObject().put("message", message).put("code", code).put("status", status)));
  }

  private static void end(HttpServerResponse response, Answer answer) {
    response
        .setStatusCode(answer.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .end(answer.body().toBuffer());
  }
}
