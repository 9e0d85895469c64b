package dk.sporlos.database;

import io.vertx.sqlclient.DatabaseException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What PostgreSQL's codes of errors (SQLSTATE) say about trying again. */
public final class SqlStates {
  private static final String SERIALIZATION_FAILURE = "40001";
  private static final String DEADLOCK_DETECTED = "40P01";

  private SqlStates() {}

  /** The code of a failure, or of what caused it; empty if that did not come from PostgreSQL. */
  public static String of(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .map(SqlStates::own)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("");
  }

  private static @Nullable String own(Throwable failure) {
    if (failure instanceof DatabaseException database) {
      return database.getSqlState();
    }
    return failure instanceof SQLException sql ? sql.getSQLState() : null;
  }

  /** Whether somebody else was in the way, and the same may succeed at once. */
  public static boolean isCollision(Throwable failure) {
    String state = of(failure);
    return state.equals(SERIALIZATION_FAILURE) || state.equals(DEADLOCK_DETECTED);
  }

  /**
   * Whether the data are to blame, and the same will always fail: exceptions of data (class 22),
   * constraints (23), limits of the program (54).
   */
  public static boolean isOfData(Throwable failure) {
    String state = of(failure);
    return state.startsWith("22") || state.startsWith("23") || state.startsWith("54");
  }

  /** Whether somebody held what was to be locked for longer than the statement would wait. */
  public static boolean isLockNotAvailable(Throwable failure) {
    return of(failure).equals("55P03");
  }

  /** Whether it took longer than a statement may. */
  public static boolean isCanceled(Throwable failure) {
    return of(failure).equals("57014");
  }

  /** Whether the role may not do it. */
  public static boolean isForbidden(Throwable failure) {
    return of(failure).equals("42501");
  }

  /** Whether a row had no place: its partition is gone, or a check failed. */
  public static boolean isWithoutPlace(Throwable failure) {
    return of(failure).equals("23514");
  }
}
