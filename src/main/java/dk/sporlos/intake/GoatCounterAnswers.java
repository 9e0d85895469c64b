package dk.sporlos.intake;

import dk.sporlos.door.Reason;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * Answers its script as GoatCounter does: always a picture, and in a header why it does not count.
 */
final class GoatCounterAnswers implements DialectAnswers {
  private static final String WHY = "X-Goatcounter";

  @Override
  public void open(HttpServerResponse response) {
    response.putHeader(HttpHeaders.CONNECTION, "close");
  }

  @Override
  public void answer(HttpServerRequest request, Report report) {
    Ending ending = report.endings().get(0);
    HttpServerResponse response = request.response().setStatusCode(200);
    if (ending instanceof Ending.Malformed malformed) {
      response.setStatusCode(400).putHeader(WHY, malformed.detail());
    } else if (ending instanceof Ending.TooLarge) {
      response.setStatusCode(413).putHeader(WHY, "not valid: too large");
    } else if (ending instanceof Ending.TooMany tooMany) {
      response.setStatusCode(429).putHeader(WHY, tooMany.reason().words());
    } else if (ending instanceof Ending.NotStored notStored) {
      response.setStatusCode(503).putHeader(WHY, notStored.reason().words());
    } else if (ending instanceof Ending.Ignored ignored) {
      response
          .setStatusCode(status(ignored.reason()))
          .putHeader(WHY, "ignored because " + ignored.reason().words());
    }
    response.putHeader(HttpHeaders.CONTENT_TYPE, "image/gif").end(Picture.GIF);
  }

  private static int status(Reason reason) {
    return switch (reason) {
      case UNKNOWN_SITE, DIALECT_OFF -> 400;
      case EXCLUDED_NETWORK -> 202;
      case NO_TOKEN -> 401;
      default -> 200;
    };
  }
}
