package dk.sporlos.metrics;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggerContextListener;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * Keeps what libraries would quote of requests and of what is stored out of the log, whatever the
 * configuration of the log says; and what they say again and again.
 */
public final class LogGuard extends TurboFilter {

  /*
   * The configuration is the operator's to replace, the promise that nothing identifying is logged is
   * not. A filter of the context is asked before levels are, and before a line is made.
   */

  /** They quote at every level: the targets of requests, and what the database says of a row. */
  private static final List<String> SILENT =
      List.of("io.vertx.ext.web", "io.vertx.pgclient", "io.vertx.sqlclient");

  /** They quote requests, answers and addresses where they say what they are doing. */
  private static final List<String> QUIET =
      List.of("io.vertx", "io.netty", "com.ongres", "org.postgresql", "org.flywaydb");

  private final Repeats repeats;

  LogGuard(Repeats repeats) {
    this.repeats = repeats;
  }

  /** Guards the log of this process, also after it was configured anew. */
  public static void install() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      install(context);
    }
  }

  static void install(LoggerContext context) {
    install(context, new Repeats(System::nanoTime));
  }

  static void install(LoggerContext context, Repeats repeats) {
    LogGuard guard = new LogGuard(repeats);
    guard.start();
    context.addTurboFilter(guard);
    context.addListener(new Again(guard));
  }

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] parameters,
      @Nullable Throwable thrown) {
    String name = logger.getName();
    boolean kept =
        isOneOf(name, SILENT) || (isOneOf(name, QUIET) && !level.isGreaterOrEqual(Level.INFO));
    return kept || (format != null && repeats.isRepeated(name, level, format))
        ? FilterReply.DENY
        : FilterReply.NEUTRAL;
  }

  private static boolean isOneOf(String name, List<String> families) {
    for (String family : families) {
      if (name.startsWith(family)
          && (name.length() == family.length() || name.charAt(family.length()) == '.')) {
        return true;
      }
    }
    return false;
  }

  /** A configuration that is read again takes all filters away. */
  private record Again(LogGuard guard) implements LoggerContextListener {

    @Override
    public boolean isResetResistant() {
      return true;
    }

    @Override
    public void onReset(LoggerContext context) {
      guard.start();
      context.addTurboFilter(guard);
    }

    @Override
    public void onStart(LoggerContext context) {}

    @Override
    public void onStop(LoggerContext context) {}

    @Override
    public void onLevelChange(Logger logger, Level level) {}
  }
}
