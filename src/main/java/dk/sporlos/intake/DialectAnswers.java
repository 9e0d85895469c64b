package dk.sporlos.intake;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers senders as the product of a dialect does. */
interface DialectAnswers {

  /**
   * How the beacons of a request ended.
   *
   * @param endings one for each, in their order; none if the request held none
   * @param bulk whether the request was in a form for several
   * @param quiet whether the sender asks for no picture and no report
   */
  record Report(List<Ending> endings, boolean bulk, boolean quiet) {

    /** The first that was not stored, and should be sent again; null if there is none. */
    Ending.@Nullable NotStored notStored() {
      for (Ending ending : endings) {
        if (ending instanceof Ending.NotStored notStored) {
          return notStored;
        }
      }
      return null;
    }

    /** How many do not count. */
    long lost() {
      return endings.stream().filter(ending -> !(ending instanceof Ending.Stored)).count();
    }
  }

  /** Says what is said with every answer, beside what is the same in all dialects. */
  default void open(HttpServerResponse response) {
    // Most say no more.
  }

  /** Says in a preflight what a page may send; ends the answer. */
  default void preflight(HttpServerResponse response) {
    response
        .setStatusCode(204)
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST")
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, "*")
        .end();
  }

  /** Ends the answer. */
  void answer(HttpServerRequest request, Report report);
}
