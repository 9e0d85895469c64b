package dk.sporlos.database;

import io.vertx.sqlclient.DatabaseException;

/** What PostgreSQL's codes of errors (SQLSTATE) say about trying again. */
public final class SqlStates {
  private static final String SERIALIZATION_FAILURE = "40001";
  private static final String DEADLOCK_DETECTED = "40P01";

  static final String LOCK_NOT_AVAILABLE = "55P03";

  private SqlStates() {}

  /** The code of a failure; empty if it did not come from PostgreSQL. */
  public static String of(Throwable failure) {
    return failure instanceof DatabaseException database && database.getSqlState() != null
        ? database.getSqlState()
        : "";
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
    return of(failure).equals(LOCK_NOT_AVAILABLE);
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
