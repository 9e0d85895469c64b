package dk.sporlos.stats;

import dk.sporlos.http.Bodies;
import io.vertx.core.VertxException;
import io.vertx.ext.web.handler.HttpException;
import io.vertx.sqlclient.DatabaseException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What a caller gets who gets no answer: an HTTP status and what to do about it. */
record Refusal(int status, String message) {

  static final String QUERY_CANCELED = "57014";

  private static final Refusal TOO_LARGE =
      new Refusal(413, "The body is too large. A query has at most 64 KB.");
  private static final Refusal UNREADABLE = new Refusal(400, "The request could not be read.");
  private static final Refusal TOO_SLOW =
      new Refusal(
          503,
          "The answer takes longer than %d seconds. Ask for a shorter date range or fewer dimensions."
              .formatted(Stats.LONGEST.toSeconds()));
  private static final Refusal NOT_READY =
      new Refusal(
          503,
          "The figures of today are being put together, which takes longer than usual. Please try"
              + " again in a moment.");
  private static final Refusal BUSY =
      new Refusal(503, "The server has too much to do. Please try again in a moment.");
  private static final Refusal AWAY =
      new Refusal(503, "The database cannot be reached. Please try again in a moment.");
  private static final Refusal BROKEN =
      new Refusal(500, "The server failed to answer. Its log says why.");

  /**
   * @param failure what went wrong; null if a handler gave a status alone
   */
  static Refusal of(@Nullable Throwable failure, int status) {
    if (failure instanceof InvalidQueryException invalid) {
      return new Refusal(400, invalid.getMessage());
    }
    if (failure instanceof HttpException refused && refused.getPayload() != null) {
      return new Refusal(refused.getStatusCode(), refused.getPayload());
    }
    if (failure instanceof Bodies.TooLargeException) {
      return TOO_LARGE;
    }
    if (failure instanceof Bodies.OverBudgetException) {
      return BUSY;
    }
    if (failure instanceof Bodies.AbortedException) {
      return UNREADABLE;
    }
    if (failure instanceof Reads.NotReadyException) {
      return NOT_READY;
    }
    if (failure instanceof DatabaseException refused) {
      return ofState(refused.getSqlState());
    }
    boolean away =
        failure instanceof VertxException
            || failure instanceof IOException
            || failure instanceof TimeoutException;
    return away ? AWAY : BROKEN;
  }

  /** By the first two digits of the SQLSTATE: 08 connection, 53 resources, 57 intervention. */
  private static Refusal ofState(@Nullable String state) {
    if (QUERY_CANCELED.equals(state)) {
      return TOO_SLOW;
    }
    boolean away =
        state != null
            && (state.startsWith("08") || state.startsWith("53") || state.startsWith("57"));
    return away ? AWAY : BROKEN;
  }
}
