package dk.sporlos.http;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.http.HttpConnection;
import java.util.function.Consumer;

/**
 * What stands before the routes of a listener.
 *
 * @param connections counts and bounds them
 * @param arrival sees each connection that was accepted before anything is read from it
 * @param unreadable is told of each request that is refused because its head cannot be read
 */
public record Gate(
    Connections connections,
    Consumer<HttpConnection> arrival,
    Consumer<UnreadableRequest> unreadable) {
  private static final int ENOUGH = 1_000;

  /** Bounds connections, and nothing else. */
  public static Gate plain() {
    return of(new Connections(Connections.Limits.of(ENOUGH), new SimpleMeterRegistry()));
  }

  /** Bounds connections, and nothing else. */
  public static Gate of(Connections connections) {
    return new Gate(connections, connection -> {}, request -> {});
  }
}
