package dk.sporlos.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A log that an operator has set to tell everything. */
class LogGuardTest {
  private final LoggerContext context = new LoggerContext();
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void tellEverything() {
    LogGuard.install(context, new Repeats(nanos::get));
    listen();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "io.vertx.ext.web.impl.RouterImpl",
        "io.vertx.core.http.impl.Http1xServerConnection",
        "io.netty.handler.logging.LoggingHandler",
        "org.postgresql.Driver"
      })
  void whatLibrariesAreDoingIsNotLogged(String name) {
    context.getLogger(name).trace("accepting request GET http://x/?email=anna@example.com");
    context.getLogger(name).debug("anna@example.com");

    assertThat(lines.list).isEmpty();
    assertThat(context.getLogger(name).isDebugEnabled()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"io.vertx.ext.web.RoutingContext", "io.vertx.pgclient.impl.PgConnection"})
  void failuresThatQuoteAreNotLoggedEither(String name) {
    context.getLogger(name).error("duplicate key (path)=(/anna)");

    assertThat(lines.list).isEmpty();
  }

  @Test
  void otherLinesAreLoggedAsTheConfigurationSays() {
    context.getLogger("io.vertx.core.impl.BlockedThreadChecker").warn("blocked");
    context.getLogger("io.vertxlike.Library").debug("another library");
    context.getLogger("dk.sporlos.Application").debug("our own");

    assertThat(lines.list).hasSize(3);
  }

  @Test
  void whatALibraryWarnsOfAgainAndAgainIsLoggedOnceAMinute() {
    Logger library = context.getLogger("io.vertx.core.impl.ContextImpl");
    for (int time = 0; time < 100; time++) {
      library.error("Unhandled exception");
      library.warn("something else of {}", time);
      library.warn("Thread 7 has been blocked for " + time + " ms");
    }
    assertThat(lines.list).hasSize(3);

    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    library.error("Unhandled exception");
    assertThat(lines.list).hasSize(4);

    context.getLogger("dk.sporlos.fold.Nodes").warn("node {} is silent", "a");
    context.getLogger("dk.sporlos.fold.Nodes").warn("node {} is silent", "b");
    assertThat(lines.list).hasSize(6);
  }

  @Test
  void aConfigurationThatIsReadAgainChangesNothing() {
    context.reset();
    listen();

    context.getLogger("io.vertx.ext.web.impl.RouterImpl").trace("GET /anna");

    assertThat(lines.list).isEmpty();
  }

  private void listen() {
    lines.setContext(context);
    lines.start();
    context.getLogger("ROOT").setLevel(Level.TRACE);
    context.getLogger("ROOT").addAppender(lines);
  }
}
