package dk.sporlos.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.testing.LogLines;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FailureLogTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
  private final FailureLog log = new FailureLog("visits were not folded", nanos::get);

  @Test
  void theFirstFailureIsLoggedAtOnceAndTheNextOnesOnceAMinuteWithTheirCount() {
    try (LogLines lines = new LogLines()) {
      log.log(new IllegalStateException());
      assertThat(lines.lines()).hasSize(1);
      assertThat(lines.lines().get(0))
          .startsWith("visits were not folded: IllegalStateException at dk.sporlos.")
          .endsWith(" (1 times)");

      for (int second = 0; second < 59; second++) {
        pass(Duration.ofSeconds(1));
        log.log(new IllegalStateException());
      }
      assertThat(lines.lines()).hasSize(1);

      pass(Duration.ofSeconds(1));
      log.log(new IllegalStateException());
      assertThat(lines.lines()).hasSize(2);
      assertThat(lines.lines().get(1)).endsWith(" (60 times)");
    }
  }

  @Test
  void aFailureAfterALongQuietIsLoggedAtOnce() {
    try (LogLines lines = new LogLines()) {
      log.log(new IllegalStateException());
      pass(Duration.ofDays(1));
      log.log(new IllegalStateException());

      assertThat(lines.lines()).hasSize(2).allMatch(line -> line.endsWith("(1 times)"));
    }
  }

  @Test
  void theMessageOfAFailureIsNeverLogged() {
    try (LogLines lines = new LogLines()) {
      log.log(
          new IllegalStateException(
              "198.51.100.7", new IllegalArgumentException("Mozilla/5.0 (X11)")));
      pass(Duration.ofMinutes(1));
      log.log(new PgException("value 198.51.100.7 is bad", "ERROR", "22P02", "Mozilla/5.0 (X11)"));

      assertThat(lines.lines())
          .hasSize(2)
          .noneMatch(line -> line.contains("198.51.100.7") || line.contains("Mozilla"));
      assertThat(lines.lines().get(1))
          .isEqualTo("visits were not folded: PgException 22P02 (1 times)");
    }
  }

  @Test
  void aFailureWithoutATraceIsNamedByItsKind() {
    IllegalStateException failure = new IllegalStateException("secret");
    failure.setStackTrace(new StackTraceElement[0]);

    try (LogLines lines = new LogLines()) {
      log.log(failure);

      assertThat(lines.lines())
          .containsExactly("visits were not folded: IllegalStateException (1 times)");
    }
  }

  @Test
  void aLogOfRealTimeSpeaksAtOnce() {
    try (LogLines lines = new LogLines()) {
      FailureLog real = new FailureLog("it failed");
      real.log(new IllegalStateException());
      real.log(new IllegalStateException());

      assertThat(lines.lines()).hasSize(1);
    }
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
