package dk.sporlos.database;

import dk.sporlos.metrics.Doctor;
import dk.sporlos.metrics.Doctor.Finding;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;

/**
 * Whether the tables are those that this process brought them to when it started, and, on a
 * cluster, are all where they belong.
 */
public final class SchemaExamination {
  private static final String ON_CLUSTER =
      "select exists (select from pg_extension where extname = 'citus')";

  private static final String SPREAD = "select table_name::text from citus_tables";

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
        .map(rows -> finding(rows.size() == 0 ? "0" : rows.iterator().next().getString(0)))
        .compose(ofState -> gathered().map(left -> Doctor.some(ofState, left)));
  }

  /** What an upgrade added to a cluster, and nobody spread. */
  private Future<@Nullable Finding> gathered() {
    return pool.query(ON_CLUSTER)
        .execute()
        .compose(
            rows ->
                rows.iterator().next().getBoolean(0)
                    ? pool.query(SPREAD).execute().map(spread -> gathered(names(spread)))
                    : Future.succeededFuture());
  }

  private static Set<String> names(Iterable<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false)
        .map(row -> row.getString(0))
        .collect(Collectors.toSet());
  }

  private static @Nullable Finding gathered(Set<String> spread) {
    List<String> left =
        Distribution.tables().filter(table -> !spread.contains(table)).sorted().toList();
    if (left.isEmpty() || spread.stream().noneMatch(Distribution.DISTRIBUTED::contains)) {
      return null;
    }
    return new Finding(
        "tables-not-spread",
        "Other tables are spread over the cluster, but %s stand on the coordinator alone."
            .formatted(String.join(", ", left)),
        "Stop every process and say `sporlos database distribute` again.");
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
