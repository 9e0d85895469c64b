package dk.sporlos.http;

import dk.sporlos.http.Connections.Closing;
import dk.sporlos.http.Connections.Limits;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sees that no connection of one event loop takes longer than it may. Confined to that loop. */
final class ConnectionWatch {

  /*
   * A timer that each byte winds up again never ends a client that sends a byte every few seconds.
   * So connections are looked at from time to time, and judged by what became whole: the head of a
   * request, or its body. A connection of HTTP/2 has several requests under way, of which each is
   * judged by itself: else one that goes on asking would hide another that never ends.
   */
  private static final class Watched {
    private long since = System.nanoTime();
    private boolean first = true;
    private @Nullable HttpServerRequest request;
    private final List<Earlier> earlier = new ArrayList<>(0);
  }

  /** A request that was under way when the latest began. */
  private record Earlier(HttpServerRequest request, long since) {}

  /** Of HTTP/2 (RFC 9113, 7). */
  private static final long NO_ERROR = 0;

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
      HttpServerRequest before = connection.request;
      if (before != null && !isOver(before)) {
        connection.earlier.add(new Earlier(before, connection.since));
      }
      connection.request = request;
      connection.first = false;
      connection.since = System.nanoTime();
    }
    if (stopping) {
      announceEnd(request);
    }
  }

  private static boolean isOver(HttpServerRequest request) {
    return request.response().closed() || (request.isEnded() && request.response().ended());
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
    state.earlier.removeIf(before -> isOver(before.request()));
    if (state.earlier.stream().anyMatch(before -> isSlow(connection, before, now))) {
      close(connection, Closing.SLOW_BODY);
    } else if (request == null) {
      if (taken.compareTo(state.first ? limits.firstRequest() : limits.nextRequest()) > 0) {
        close(connection, Closing.SLOW_REQUEST);
      }
    } else if (isSlow(connection, new Earlier(request, state.since), now)) {
      close(connection, Closing.SLOW_BODY);
    } else if (isOver(request) && state.earlier.isEmpty()) {
      state.request = null;
      state.since = now;
      connections.ended(connection);
    }
  }

  private boolean isSlow(HttpConnection connection, Earlier body, long now) {
    return !body.request().isEnded() && now - body.since() > connections.body(connection).toNanos();
  }

  private void close(HttpConnection connection, Closing closing) {
    connections.closed(closing);
    connection.close();
  }

  /**
   * From now on every answer says that it is the last of its connection; one of HTTP/2 is told at
   * once.
   */
  void stop() {
    stopping = true;
    watched.forEach(
        (connection, state) -> {
          if (isOfHttp2(connection)) {
            connection.goAway(NO_ERROR);
          } else if (state.request != null) {
            announceEnd(state.request);
          }
        });
  }

  /* One of HTTP/1 has no window. */
  private static boolean isOfHttp2(HttpConnection connection) {
    return connection.getWindowSize() >= 0;
  }

  private static void announceEnd(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    if (request.version() == HttpVersion.HTTP_2) {
      request.connection().goAway(NO_ERROR);
    } else if (!response.ended() && !response.headWritten()) {
      response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
  }
}
