package dk.sporlos.database;

import dk.sporlos.metrics.Doctor;
import dk.sporlos.metrics.Doctor.Finding;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.util.List;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;

/** Whether the tables are those that this process brought them to when it started. */
public final class SchemaExamination {
  private final Pool pool;
  private final String known;

  /**
   * @param known state of the tables, as {@link Migrator#migrate} returned it
   */
  public SchemaExamination(Pool pool, String known) {
    this.pool = pool;
    this.known = known;
  }

  /** What is wrong with the state of the tables. */
  public Future<List<Finding>> findings() {
    return pool.query(Migrator.STATE)
        .execute()
        .map(
            rows ->
                Doctor.some(finding(rows.size() == 0 ? "0" : rows.iterator().next().getString(0))));
  }

  private @Nullable Finding finding(String found) {
    int order = MigrationVersion.fromVersion(found).compareTo(MigrationVersion.fromVersion(known));
    if (order == 0) {
      return null;
    }
    return order > 0
        ? Finding.note(
            "schema-newer",
            "A newer version of Sporløs has changed the tables (state %s; this process knows %s)."
                .formatted(found, known),
            "Replace this process with the newer version, too.")
        : new Finding(
            "schema-older",
            "The tables are of state %s and not %s, to which this process brought them: the database is another than at its start."
                .formatted(found, known),
            "See that it is the right database, and start the process again: it brings the tables up to date.");
  }
}
