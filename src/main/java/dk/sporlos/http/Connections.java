package dk.sporlos.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many connections there are, of all listeners that share this, and what became of the rest.
 */
public final class Connections {

  /**
   * What connections may take.
   *
   * @param maximum how many may be open at a time
   * @param firstRequest within which the head of the first request is whole
   * @param nextRequest within which, after an answer, the head of the next request is whole
   * @param body within which, after the head, the body is whole
   */
  public record Limits(int maximum, Duration firstRequest, Duration nextRequest, Duration body) {

    /** With a number of connections of one's own. */
    public static Limits of(int maximum) {
      return new Limits(
          maximum, Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofSeconds(30));
    }

    Duration shortest() {
      Duration requests = firstRequest.compareTo(nextRequest) < 0 ? firstRequest : nextRequest;
      return requests.compareTo(body) < 0 ? requests : body;
    }
  }

  /** Why a connection was closed that its client would have kept. */
  enum Closing {
    TOO_MANY,
    SLOW_REQUEST,
    SLOW_BODY
  }

  private final Limits limits;
  private final MeterRegistry meters;
  private final AtomicInteger open = new AtomicInteger();

  /** What the body of a request may take that may take longer than others. */
  private final Map<HttpConnection, Duration> longBodies = new ConcurrentHashMap<>();

  public Connections(Limits limits, MeterRegistry meters) {
    this.limits = limits;
    this.meters = meters;
    Gauge.builder("sporlos.connections.open", open, AtomicInteger::get)
        .description("Connections of clients that are open")
        .register(meters);
    for (Closing closing : Closing.values()) {
      counter(closing);
    }
  }

  Limits limits() {
    return limits;
  }

  /** Gives the request under way on a connection another time for its body. */
  public void allow(HttpConnection connection, Duration body) {
    longBodies.put(connection, body);
  }

  /** Within which the body of the request under way on a connection is to be whole. */
  Duration body(HttpConnection connection) {
    return longBodies.getOrDefault(connection, limits.body());
  }

  /** Notes that no request is under way on a connection any more. */
  void ended(HttpConnection connection) {
    longBodies.remove(connection);
  }

  /** Makes room for one more; false if there is none. */
  boolean enter() {
    if (open.incrementAndGet() <= limits.maximum()) {
      return true;
    }
    open.decrementAndGet();
    return false;
  }

  void leave() {
    open.decrementAndGet();
  }

  void closed(Closing closing) {
    counter(closing).increment();
  }

  private Counter counter(Closing closing) {
    return Counter.builder("sporlos.connections.closed")
        .description("Connections that were closed on their clients, by reason")
        .tag("reason", closing.name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .register(meters);
  }
}
