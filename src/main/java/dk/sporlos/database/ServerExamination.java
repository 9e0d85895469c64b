package dk.sporlos.database;

import dk.sporlos.metrics.Doctor.Finding;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Whether PostgreSQL is set so that what it has committed is kept, and has room for us. */
public final class ServerExamination {

  /* As a session of ours has them, so that those of its role and database are seen too. */
  private static final String SETTINGS =
      """
      select name, setting from pg_settings
      where name in ('fsync', 'full_page_writes', 'synchronous_commit', 'track_commit_timestamp',
        'server_version_num')
      union all
      select 'connections', least(
        current_setting('max_connections')::int
          - current_setting('superuser_reserved_connections')::int,
        (select nullif(rolconnlimit, -1) from pg_roles where rolname = current_user),
        (select nullif(datconnlimit, -1) from pg_database where datname = current_database())
      )::text
      """;

  /** A setting that has to be on for what was acknowledged to outlive a crash. */
  private record Lasting(String name, String harm) {}

  private static final List<Lasting> LASTING =
      List.of(
          new Lasting("fsync", "a crash of the machine may leave a database that cannot be read"),
          new Lasting("full_page_writes", "a crash of the machine may leave damaged tables"),
          new Lasting("synchronous_commit", "a crash loses the beacons of the last moment"));

  private final Pool pool;
  private final IntSupplier connections;
  private final Supplier<Future<Integer>> processes;

  /**
   * @param connections how many one process may have at a time
   * @param processes how many there are
   */
  public ServerExamination(
      Pool pool, IntSupplier connections, Supplier<Future<Integer>> processes) {
    this.pool = pool;
    this.connections = connections;
    this.processes = processes;
  }

  /** What is wrong with its settings. */
  public Future<List<Finding>> findings() {
    return processes
        .get()
        .compose(
            number -> pool.query(SETTINGS).execute().map(rows -> findings(byName(rows), number)));
  }

  private static Map<String, String> byName(Iterable<Row> rows) {
    Map<String, String> settings = new HashMap<>();
    rows.forEach(row -> settings.put(row.getString("name"), row.getString("setting")));
    return settings;
  }

  /** What is wrong with settings, by name. */
  List<Finding> findings(Map<String, String> settings, int number) {
    List<Finding> findings = new ArrayList<>();
    for (Lasting one : LASTING) {
      if (settings.getOrDefault(one.name(), "on").equals("off")) {
        findings.add(
            new Finding(
                one.name().replace('_', '-'),
                "PostgreSQL runs with %s = off: %s.".formatted(one.name(), one.harm()),
                "alter system set %s = 'on'; select pg_reload_conf();".formatted(one.name())));
      }
    }
    if (settings.getOrDefault("track_commit_timestamp", "off").equals("on")) {
      findings.add(
          new Finding(
              "track-commit-timestamp",
              "PostgreSQL keeps when each row was committed (track_commit_timestamp = on), which is"
                  + " finer than the hour that is kept of a visit.",
              "alter system set track_commit_timestamp = 'off'; then restart PostgreSQL."));
    }
    Finding tooFew = room(Integer.parseInt(settings.getOrDefault("connections", "0")), number);
    if (tooFew != null) {
      findings.add(tooFew);
    }
    int version = Integer.parseInt(settings.getOrDefault("server_version_num", "0")) / 10_000;
    if (version < Migrator.OLDEST_SERVER) {
      findings.add(
          new Finding(
              "old-server",
              "The server is PostgreSQL %d.".formatted(version),
              "Upgrade it to %d or newer.".formatted(Migrator.OLDEST_SERVER)));
    }
    return findings;
  }

  private @Nullable Finding room(int allowed, int number) {
    int needed = connections.getAsInt() * Math.max(1, number);
    return needed <= allowed
        ? null
        : new Finding(
            "max-connections",
            "PostgreSQL allows %d connections; %d processes may need %d."
                .formatted(allowed, Math.max(1, number), needed),
            "alter system set max_connections = %d; then restart PostgreSQL. See also the limits of"
                    .formatted(needed + 10)
                + " the role and the database.");
  }
}
