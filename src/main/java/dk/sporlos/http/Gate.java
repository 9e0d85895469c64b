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
 * @param headers that every answer has
 * @param tls that is spoken; null for none
 */
public record Gate(
    Connections connections,
    Consumer<HttpConnection> arrival,
    Consumer<UnreadableRequest> unreadable,
    @Nullable Sockets sockets,
    SecurityHeaders headers,
    @Nullable Tls tls) {
  private static final int ENOUGH = 1_000;

  /** Listening with sockets that Vert.x makes by itself. */
  public Gate(
      Connections connections,
      Consumer<HttpConnection> arrival,
      Consumer<UnreadableRequest> unreadable) {
    this(connections, arrival, unreadable, null, SecurityHeaders.plain(), null);
  }

  /** Bounds connections, and nothing else. */
  public static Gate plain() {
    return of(someConnections());
  }

  /** The same, listening with these sockets. */
  public static Gate plain(Sockets sockets) {
    return plain().with(sockets);
  }

  /** The same, listening with other sockets. */
  public Gate with(Sockets others) {
    return new Gate(connections, arrival, unreadable, others, headers, tls);
  }

  /** The same, with other headers. */
  public Gate with(SecurityHeaders others) {
    return new Gate(connections, arrival, unreadable, sockets, others, tls);
  }

  /** The same, speaking TLS or not. */
  public Gate with(@Nullable Tls spoken) {
    return new Gate(connections, arrival, unreadable, sockets, headers, spoken);
  }

  private static Connections someConnections() {
    return new Connections(Connections.Limits.of(ENOUGH), new SimpleMeterRegistry());
  }

  /** Bounds connections, and nothing else. */
  public static Gate of(Connections connections) {
    return new Gate(connections, connection -> {}, request -> {});
  }
}
