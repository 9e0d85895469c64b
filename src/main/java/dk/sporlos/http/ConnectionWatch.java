package dk.sporlos.http;

import dk.sporlos.http.Connections.Closing;
import dk.sporlos.http.Connections.Limits;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sees that no connection of one event loop takes longer than it may. Confined to that loop. */
final class ConnectionWatch {

  /*
   * A timer that each byte winds up again never ends a client that sends a byte every few seconds.
   * So connections are looked at from time to time, and judged by what became whole: the head of a
   * request, or its body.
   */
  private static final class Watched {
    private long since = System.nanoTime();
    private boolean first = true;
    private @Nullable HttpServerRequest request;
  }

  private final Connections connections;
  private final Map<HttpConnection, Watched> watched = new HashMap<>();
  private boolean stopping;

  ConnectionWatch(Connections connections) {
    this.connections = connections;
  }

  /** Takes a connection in; false if there are too many, and it is closed. */
  boolean opened(HttpConnection connection) {
    if (!connections.enter()) {
      close(connection, Closing.TOO_MANY);
      return false;
    }
    watched.put(connection, new Watched());
    connection.closeHandler(
        closed -> {
          if (watched.remove(connection) != null) {
            connections.ended(connection);
            connections.leave();
          }
        });
    return true;
  }

  /** Notes that the head of a request is whole. */
  void began(HttpServerRequest request) {
    Watched connection = watched.get(request.connection());
    if (connection != null) {
      connection.request = request;
      connection.first = false;
      connection.since = System.nanoTime();
    }
    if (stopping) {
      announceEnd(request.response());
    }
  }

  /** Closes what has taken too long. */
  void sweep() {
    long now = System.nanoTime();
    List.copyOf(watched.entrySet()).forEach(entry -> judge(entry.getKey(), entry.getValue(), now));
  }

  private void judge(HttpConnection connection, Watched state, long now) {
    Limits limits = connections.limits();
    Duration taken = Duration.ofNanos(now - state.since);
    HttpServerRequest request = state.request;
    if (request == null) {
      if (taken.compareTo(state.first ? limits.firstRequest() : limits.nextRequest()) > 0) {
        close(connection, Closing.SLOW_REQUEST);
      }
    } else if (!request.isEnded()) {
      if (taken.compareTo(connections.body(connection)) > 0) {
        close(connection, Closing.SLOW_BODY);
      }
    } else if (request.response().ended()) {
      state.request = null;
      state.since = now;
      connections.ended(connection);
    }
  }

  private void close(HttpConnection connection, Closing closing) {
    connections.closed(closing);
    connection.close();
  }

  /** From now on every answer says that it is the last of its connection. */
  void stop() {
    stopping = true;
    watched
        .values()
        .forEach(
            state -> {
              if (state.request != null) {
                announceEnd(state.request.response());
              }
            });
  }

  private static void announceEnd(HttpServerResponse response) {
    if (!response.ended() && !response.headWritten()) {
      response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
  }
}
