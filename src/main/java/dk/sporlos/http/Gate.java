package dk.sporlos.http;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.http.HttpConnection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What stands before the routes of a listener.
 *
 * @param connections counts and bounds them
 * @param arrival sees each connection that was accepted before anything is read from it
 * @param unreadable is told of each request that is refused because its head cannot be read
 * @param sockets that are listened with; null for those that Vert.x makes by itself
 */
public record Gate(
    Connections connections,
    Consumer<HttpConnection> arrival,
    Consumer<UnreadableRequest> unreadable,
    @Nullable Sockets sockets) {
  private static final int ENOUGH = 1_000;

  /** Listening with sockets that Vert.x makes by itself. */
  public Gate(
      Connections connections,
      Consumer<HttpConnection> arrival,
      Consumer<UnreadableRequest> unreadable) {
    this(connections, arrival, unreadable, null);
  }

  /** Bounds connections, and nothing else. */
  public static Gate plain() {
    return of(someConnections());
  }

  /** The same, listening with these sockets. */
  public static Gate plain(Sockets sockets) {
    return new Gate(someConnections(), connection -> {}, request -> {}, sockets);
  }

  private static Connections someConnections() {
    return new Connections(Connections.Limits.of(ENOUGH), new SimpleMeterRegistry());
  }

  /** Bounds connections, and nothing else. */
  public static Gate of(Connections connections) {
    return new Gate(connections, connection -> {}, request -> {});
  }
}
