package dk.sporlos;

import dk.sporlos.http.Sockets;
import dk.sporlos.http.Tls;
import dk.sporlos.http.Tracing;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

/**
 * What of the world a collector runs in.
 *
 * @param sockets that it listens with
 * @param tls that it speaks; null for none
 * @param succession from whom it takes over, and to whom it hands over
 * @param place where that is done between two processes that do not run at the same time; null for
 *     nowhere
 * @param tracing what traces requests; null for nothing
 * @param schema state that the tables were brought to
 */
record Surroundings(
    Vertx vertx,
    Sockets sockets,
    @Nullable Tls tls,
    Succession succession,
    @Nullable HandOverPlace place,
    @Nullable Tracing tracing,
    String schema) {}
