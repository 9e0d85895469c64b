package dk.sporlos.database;

/**
 * The settings that an embedded server runs with.
 *
 * @param durable false only for tests, whose data nobody misses
 */
record ServerSettings(int port, boolean durable) {

  /*
   * What protects data is said although most of it is PostgreSQL's default, for the server's own
   * file may come from another time.
   *
   * What PostgreSQL logs is what somebody sent: a unique violation prints the key, a slow or failed
   * statement its parameters. So the log says what happened and never with what.
   *
   * Seven files, one for each day of the week, each overwritten a week later, bound how long a line
   * lives. Memory is for a small machine; max_connections leaves room beside our pools.
   */
  private static final String FILE =
      """
      # Written by Sporløs at each start, so changes in this file are lost. For settings of your own:
      # psql "$(sporlos database url)" -c "alter system set work_mem = '64MB'", then start again.

      cluster_name = 'sporlos'
      listen_addresses = '127.0.0.1'
      port = %d
      unix_socket_directories = ''
      max_connections = 50
      password_encryption = 'scram-sha-256'

      fsync = %2$s
      synchronous_commit = %2$s
      full_page_writes = %2$s

      shared_buffers = '96MB'
      work_mem = '8MB'
      maintenance_work_mem = '64MB'
      jit = off

      timezone = 'UTC'
      log_timezone = 'UTC'

      logging_collector = on
      log_directory = '../log'
      log_filename = 'postgresql-%%a.log'
      log_file_mode = 0600
      log_rotation_age = '1d'
      log_rotation_size = 0
      log_truncate_on_rotation = on
      log_checkpoints = off
      log_connections = off
      log_disconnections = off
      log_error_verbosity = terse
      log_min_error_statement = panic
      log_min_duration_statement = -1
      log_statement = none
      log_parameter_max_length = 0
      log_parameter_max_length_on_error = 0
      """;

  /** The text of the file, as PostgreSQL reads it. */
  String text() {
    return FILE.formatted(port, durable ? "on" : "off");
  }
}
