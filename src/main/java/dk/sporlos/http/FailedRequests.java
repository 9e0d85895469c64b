package dk.sporlos.http;

import dk.sporlos.metrics.FailureLog;
import dk.sporlos.metrics.JsonLines;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs requests that failed, each under an id that its answer names in {@code X-Request-Id}, so
 * that whoever was told of a failure can be helped. Of many within a minute ten are logged; the
 * others are counted, and have no id.
 */
public final class FailedRequests {

  /*
   * An id is drawn for a failure alone, never taken from the request, and only for who shows a token
   * or a session: a visitor's request has none, lest a line of the log and something that a browser
   * was told lead to each other.
   */
  private static final CharSequence ID = HttpHeaders.createOptimized("x-request-id");
  private static final int MOST = 10;
  private static final long MINUTE = 60_000_000_000L;
  private static final Logger LOG = LoggerFactory.getLogger(FailedRequests.class);

  private final String what;
  private final LongSupplier nanoTime;

  // Guarded by this object.
  private long ends;
  private int left = MOST;
  private long unsaid;

  /**
   * @param what failed, as a sentence without its end
   */
  public FailedRequests(String what) {
    this(what, System::nanoTime);
  }

  FailedRequests(String what, LongSupplier nanoTime) {
    this.what = Objects.requireNonNull(what, "what");
    this.nanoTime = nanoTime;
    this.ends = nanoTime.getAsLong() + MINUTE;
  }

  /** Logs that a request failed, and has its answer name the id. */
  public void log(HttpServerRequest request, Throwable failure) {
    boolean named = Credential.isShown(request) && !request.response().headWritten();
    String id = log(failure, named);
    if (id != null) {
      request.response().putHeader(ID, id);
    }
  }

  /** The id that an answer names; null if none. */
  static @Nullable String of(HttpServerResponse response) {
    return response.headers().get(ID);
  }

  private synchronized @Nullable String log(Throwable failure, boolean named) {
    long now = nanoTime.getAsLong();
    if (now - ends >= 0) {
      ends = now + MINUTE;
      left = MOST;
    }
    if (left == 0) {
      unsaid++;
      return null;
    }
    left--;
    String id = named ? drawn() : null;
    String kind = FailureLog.kind(failure);
    LoggingEventBuilder line = LOG.atWarn().addKeyValue(JsonLines.KIND, kind);
    String ofWhich = "";
    if (id != null) {
      line = line.addKeyValue(JsonLines.REQUEST, id);
      ofWhich = " (request " + id + ")";
    }
    String others = unsaid == 0 ? "" : "; " + unsaid + " others before";
    unsaid = 0;
    line.log("{}: {}{}{}", what, kind, ofWhich, others);
    return id;
  }

  private static String drawn() {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }
}
