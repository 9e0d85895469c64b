package dk.sporlos.intake;

import dk.sporlos.door.Reason;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Answers as Matomo does: a picture, nothing where that is asked for, and for many requests how
 * many of them were good. What does not count is answered as what does.
 */
final class MatomoAnswers implements DialectAnswers {

  @Override
  public void answer(HttpServerRequest request, Report report) {
    HttpServerResponse response = request.response();
    String query = request.query();
    boolean asksNothing = query == null || query.isEmpty();
    if (request.method().equals(HttpMethod.GET) && asksNothing) {
      response
          .setStatusCode(200)
          .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
          .end("Sporløs takes here what trackers of Matomo send.");
    } else if (report.bulk()) {
      answerBulk(response, report);
    } else {
      answerOne(response, status(report.endings().get(0)), report.quiet());
    }
  }

  private static void answerOne(HttpServerResponse response, int status, boolean quiet) {
    if (status == 200 && quiet) {
      response.setStatusCode(204).end();
    } else {
      response
          .setStatusCode(status)
          .putHeader(HttpHeaders.CONTENT_TYPE, "image/gif")
          .end(Picture.GIF);
    }
  }

  private static void answerBulk(HttpServerResponse response, Report report) {
    List<Ending> endings = report.endings();
    JsonArray invalid = new JsonArray();
    int worst = 200;
    for (int i = 0; i < endings.size(); i++) {
      int status = status(endings.get(i));
      if (status != 200) {
        invalid.add(i);
      }
      // What is wrong with one is no reason to send the others again.
      worst = status == 400 ? worst : Math.max(worst, status);
    }
    if (worst == 200 && report.quiet()) {
      response.setStatusCode(204).end();
      return;
    }
    response
        .setStatusCode(worst)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .end(
            new JsonObject()
                .put("status", worst == 200 ? "success" : "error")
                .put("tracked", endings.size() - invalid.size())
                .put("invalid", invalid.size())
                .put("invalid_indices", invalid)
                .toBuffer());
  }

  private static int status(Ending ending) {
    if (ending instanceof Ending.Malformed) {
      return 400;
    } else if (ending instanceof Ending.TooLarge) {
      return 413;
    } else if (ending instanceof Ending.TooMany) {
      return 429;
    } else if (ending instanceof Ending.NotStored) {
      return 503;
    } else if (ending instanceof Ending.Ignored ignored) {
      return statusIgnored(ignored.reason());
    }
    return 200;
  }

  private static int statusIgnored(Reason reason) {
    return switch (reason) {
      case UNKNOWN_SITE, DIALECT_OFF -> 400;
      case NO_TOKEN -> 401;
      default -> 200;
    };
  }
}
