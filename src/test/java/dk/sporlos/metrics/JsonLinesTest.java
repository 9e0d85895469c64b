package dk.sporlos.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class JsonLinesTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger("dk.sporlos");

  @BeforeEach
  void listen() {
    LoggerContext context = logger.getLoggerContext();
    JsonLines lines = new JsonLines();
    lines.setContext(context);
    lines.start();
    appender.setContext(context);
    appender.setEncoder(lines);
    appender.setOutputStream(out);
    appender.start();
    logger.addAppender(appender);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(appender);
    appender.stop();
  }

  @Test
  void anEventIsAnObjectOnALineOfItsOwn() {
    LoggerFactory.getLogger("dk.sporlos.Test").warn("{} \"quoted\"\nand broken", "It");
    LoggerFactory.getLogger("dk.sporlos.Test").info("next");

    assertThat(lines()).hasSize(2);
    JsonObject first = lines().get(0);
    assertThat(first.fieldNames()).containsExactly("time", "level", "logger", "message");
    assertThat(Duration.between(Instant.parse(first.getString("time")), Instant.now()))
        .isLessThan(Duration.ofMinutes(5));
    assertThat(first.getString("level")).isEqualTo("WARN");
    assertThat(first.getString("logger")).isEqualTo("dk.sporlos.Test");
    assertThat(first.getString("message")).isEqualTo("It \"quoted\"\nand broken");
  }

  @Test
  void aFailureIsNamedByItsKindAndNeverQuoted() {
    new FailureLog("visits were not folded").log(new IllegalStateException("198.51.100.7"));
    LoggerFactory.getLogger("dk.sporlos.Test")
        .warn("it failed", new IllegalArgumentException("Mozilla/5.0"));

    assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("198.51.100.7", "Mozilla");
    assertThat(lines().get(0).getString("kind")).startsWith("IllegalStateException at dk.sporlos.");
    assertThat(lines().get(0).getLong("times")).isEqualTo(1);
    assertThat(lines().get(1).getString("kind")).isEqualTo("java.lang.IllegalArgumentException");
  }

  @Test
  void whatIsNotDeclaredIsLeftOut() {
    LoggerFactory.getLogger("dk.sporlos.Test")
        .atWarn()
        .addKeyValue("address", "198.51.100.7")
        .addKeyValue("request", "00ff")
        .log("it failed");

    assertThat(lines().get(0).fieldNames()).contains("request").doesNotContain("address");
    assertThat(JsonLines.FIELDS).containsAll(lines().get(0).fieldNames());
  }

  @Test
  void complaintsAreLinesOfTheLog() {
    PrintStream complaints = LogFormat.JSON.complaints(System.err);

    complaints.printf("sporlos: the grace of %d s is over%n", 30);
    complaints.print("sporlos: half a ");
    assertThat(lines()).hasSize(1);
    complaints.println("line");

    assertThat(lines())
        .extracting(line -> line.getString("message"))
        .containsExactly("the grace of 30 s is over", "half a line");
    assertThat(LogFormat.TEXT.complaints(System.err)).isSameAs(System.err);
  }

  @Test
  void aFormatThatIsNoneIsRefused() {
    assertThat(LogFormat.parse(" json ")).isEqualTo(LogFormat.JSON);
    assertThatThrownBy(() -> LogFormat.parse("xml")).hasMessage("'xml' is neither text nor json");
  }

  private List<JsonObject> lines() {
    return out.toString(StandardCharsets.UTF_8).lines().map(JsonObject::new).toList();
  }
}
