package dk.sporlos.metrics;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import org.slf4j.LoggerFactory;

/** What the log of the process looks like. */
public enum LogFormat {
  /** Lines for people, as the configuration of the log says. */
  TEXT,

  /** A JSON object on each line, for programs that gather logs. */
  JSON;

  /**
   * Reads the name of one.
   *
   * @throws IllegalArgumentException whose message says what to write
   */
  public static LogFormat parse(String text) {
    return switch (text.strip()) {
      case "text" -> TEXT;
      case "json" -> JSON;
      default -> throw new IllegalArgumentException("'" + text + "' is neither text nor json");
    };
  }

  /** Has all that goes to the console look like this. */
  public void apply() {
    if (this == JSON && LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      Iterator<Appender<ILoggingEvent>> appenders =
          context.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders();
      appenders.forEachRemaining(appender -> apply(context, appender));
    }
  }

  private static void apply(LoggerContext context, Appender<ILoggingEvent> appender) {
    if (appender instanceof ConsoleAppender<ILoggingEvent> console) {
      JsonLines lines = new JsonLines();
      lines.setContext(context);
      lines.start();
      console.setEncoder(lines);
    }
  }

  /**
   * Where the process says what went wrong, beside its log: the log itself if programs read that.
   *
   * @param plain where people read it
   */
  public PrintStream complaints(PrintStream plain) {
    return this == TEXT
        ? plain
        : new PrintStream(new LoggedLines(), /* autoFlush= */ true, StandardCharsets.UTF_8);
  }
}
