package dk.sporlos.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The tables spread over a Citus cluster: those of hits, visits and totals by site, so that all of
 * a site is in one place; those of settings and people stay on the coordinator.
 *
 * <p>What Citus demands of tables is in its reference: <a
 * href="https://docs.citusdata.com/en/stable/develop/api_udf.html">functions</a>.
 */
public final class Distribution {

  /** The column by whose value a row is in one place or another. */
  static final String COLUMN = "site_id";

  /** Spread by site. Every key of each has the column. */
  static final List<String> DISTRIBUTED =
      List.of(
          "hit",
          "batch",
          "page",
          "referrer",
          "campaign",
          "client",
          "place",
          "event_name",
          "visit",
          "event",
          "daily",
          "monthly",
          "sealed_day",
          "sealed_month",
          "interruption",
          "return_gap",
          "cohort",
          "vital",
          "refusal",
          "cleaned",
          "set_aside",
          "restricted_hit",
          "withheld_visit",
          "snapshot",
          "open_visit",
          "open_event",
          "folded_visit");

  /** On every server, for what is spread to be joined with. */
  static final List<String> REFERENCE = List.of("site");

  /** Called where the rows are. */
  private static final List<String> FUNCTIONS = List.of("unpack(bytea)");

  private static final int OLDEST = 12;

  private static final String VERSION =
      "select split_part(extversion, '.', 1)::int from pg_extension where extname = 'citus'";

  private static final String KINDS = "select table_name::text, citus_table_type from citus_tables";

  /*
   * Numbers of sites are 32 bits wide, and Citus takes no identity column that is narrower than 64.
   * A default does the same: sites are added by way of the coordinator alone.
   */
  private static final String HAS_IDENTITY =
      """
      select 1 from pg_attribute
      where attrelid = 'site'::regclass and attname = 'id' and attidentity <> ''
      """;

  private static final List<String> IDENTITY_TO_DEFAULT =
      List.of(
          "alter table site alter column id drop identity",
          "create sequence site_id_seq as int owned by site.id",
          "select setval('site_id_seq', (select coalesce(max(id), 0) + 1 from site), false)",
          "alter table site alter column id set default nextval('site_id_seq')",
          "comment on sequence site_id_seq is 'The number of the next site.'");

  /**
   * What was done.
   *
   * @param spread tables that are spread by site since
   * @param copied tables that every server has a copy of since
   */
  public record Outcome(List<String> spread, List<String> copied) {}

  private final DatabaseUrl url;

  public Distribution(DatabaseUrl url) {
    this.url = url;
  }

  /**
   * Spreads the tables that are not spread yet. Blocks until their rows are where they belong. One
   * table after the other: where it is broken off, saying it again goes on.
   *
   * @throws DatabaseException if the server is not the coordinator of a Citus cluster, or refuses
   */
  public Outcome distribute() {
    try (Connection connection = url.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      refuseOthers(connection);
      replaceIdentity(connection);
      Map<String, String> kinds = kinds(statement);
      List<String> copied = missing(REFERENCE, kinds, "reference");
      for (String table : copied) {
        call(connection, "select create_reference_table(?::regclass)", table);
      }
      List<String> spread = missing(DISTRIBUTED, kinds, "distributed");
      for (String table : spread) {
        call(connection, "select create_distributed_table(?::regclass, ?)", table, COLUMN);
      }
      for (String function : FUNCTIONS) {
        call(connection, "select create_distributed_function(?::regprocedure)", function);
      }
      return new Outcome(spread, copied);
    } catch (SQLException e) {
      throw new DatabaseException(
          "The tables of %s could not all be spread: %s. What was spread stays so; say it again once this is mended."
              .formatted(url, String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " ")),
          e);
    }
  }

  private void refuseOthers(Connection connection) throws SQLException {
    String version = first(connection, VERSION);
    if (version.isEmpty()) {
      throw new DatabaseException(
          "The database %s has no extension citus, so its tables stay on one server: they need no change there. Install Citus and say `create extension citus` to have several."
              .formatted(url));
    }
    if (Integer.parseInt(version) < OLDEST) {
      throw new DatabaseException(
          "The extension citus of %s is of version %s: Sporløs needs %d or newer."
              .formatted(url, version, OLDEST));
    }
    if (!first(connection, "select groupid from pg_dist_local_group").equals("0")) {
      throw new DatabaseException(
          "The server of %s is a worker of a Citus cluster: name its coordinator with --database."
              .formatted(url));
    }
    // Tables of settings refer to sites, and stay where they are.
    if (first(connection, "select 1 from pg_dist_node where groupid = 0 limit 1").isEmpty()) {
      throw new DatabaseException(
          "The coordinator %s is not among the nodes of its cluster: say `select citus_set_coordinator_host('NAME')` to it, with the name by which the workers reach it."
              .formatted(url));
    }
  }

  private static void replaceIdentity(Connection connection) throws SQLException {
    if (first(connection, HAS_IDENTITY).isEmpty()) {
      return;
    }
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      for (String change : IDENTITY_TO_DEFAULT) {
        statement.execute(change);
      }
      connection.commit();
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  /** By the name of each table that the cluster knows, how it is spread. */
  private static Map<String, String> kinds(Statement statement) throws SQLException {
    Map<String, String> kinds = new HashMap<>();
    try (ResultSet rows = statement.executeQuery(KINDS)) {
      while (rows.next()) {
        kinds.put(rows.getString(1), rows.getString(2));
      }
    }
    return kinds;
  }

  private static List<String> missing(List<String> tables, Map<String, String> kinds, String kind) {
    return tables.stream().filter(table -> !kind.equals(kinds.get(table))).toList();
  }

  private static void call(Connection connection, String function, String... arguments)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(function)) {
      for (int i = 0; i < arguments.length; i++) {
        statement.setString(i + 1, arguments[i]);
      }
      statement.execute();
    }
  }

  /** The first value that a question is answered with, or nothing. */
  private static String first(Connection connection, String question) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(question)) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "";
    }
  }

  /** All tables that a cluster knows once the tables are spread. */
  static Stream<String> tables() {
    return Stream.concat(REFERENCE.stream(), DISTRIBUTED.stream());
  }
}
