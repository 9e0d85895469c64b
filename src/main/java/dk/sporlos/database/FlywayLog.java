package dk.sporlos.database;

import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Flyway says, one level lower than it says it: its course of action interests nobody. */
record FlywayLog(Logger logger) implements Log {

  /** Makes a log for each of Flyway's classes. Public, for Flyway finds it by its name. */
  public static final class Creator implements LogCreator {
    @Override
    public Log createLogger(Class<?> of) {
      return new FlywayLog(LoggerFactory.getLogger(of));
    }
  }

  @Override
  public void debug(String message) {
    logger.trace(message);
  }

  @Override
  public void info(String message) {
    logger.debug(message);
  }

  @Override
  public void notice(String message) {
    logger.debug(message);
  }

  @Override
  public void warn(String message) {
    logger.warn(message);
  }

  /** Errors are thrown as well, and told to the user where they are caught. */
  @Override
  public void error(String message) {
    logger.debug(message);
  }

  @Override
  public void error(String message, Exception cause) {
    logger.debug(message, cause);
  }
}
