package dk.sporlos.database;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The files of a PostgreSQL server, and the server that runs on them.
 *
 * @param durable false only for tests, whose data nobody misses
 */
record Cluster(DataDirectory data, Binaries binaries, Commands commands, boolean durable) {
  static final String NAME = "sporlos";

  private static final String SETTINGS = "sporlos.conf";
  private static final String UNFINISHED = "cluster.new";
  static final Duration PATIENCE_OF_STOPPING = Duration.ofSeconds(45);

  /** What a second attempt to stop takes, with what follows it. */
  private static final Duration LEAST = Duration.ofSeconds(2);

  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Long, for after a crash the log of all changes since the last checkpoint is read. */
  private static final Duration RECOVERY = Duration.ofMinutes(15);

  private static final Duration PATIENCE_WITH_OTHERS = Duration.ofSeconds(10);
  private static final Pattern CAUSE = Pattern.compile("FATAL: |PANIC: |could not bind");
  private static final Duration ALMOST_A_WEEK = Duration.ofDays(6);

  private Path directory() {
    return data.cluster();
  }

  boolean exists() {
    return Files.exists(directory());
  }

  /**
   * Refuses a cluster that these programs cannot read.
   *
   * @throws DatabaseException if it is of another major version
   */
  void checkVersion() throws IOException {
    String found = Files.readString(directory().resolve("PG_VERSION")).strip();
    if (!found.equals(Binaries.majorVersion())) {
      throw new DatabaseException(
          "The data in %s is PostgreSQL %s's, and this version of Sporløs has %s: save the data with the version of Sporløs that wrote it (sporlos backup FILE.zip), move the data directory away, and read them with this version (sporlos restore FILE.zip)."
              .formatted(data.root(), found, Binaries.majorVersion()));
    }
  }

  /**
   * Makes a new cluster with an empty database, whole or not at all. Under a name of its own until
   * it is whole, for an {@code initdb} goes on for a while when the process that ran it is killed.
   */
  void initialise() throws IOException {
    Path unfinished = Files.createTempDirectory(directory().getParent(), UNFINISHED);
    List<String> initdb =
        new ArrayList<>(
            List.of(
                binaries.program("initdb"),
                "--pgdata=" + unfinished,
                "--username=" + NAME,
                "--pwfile=" + data.password(),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--data-checksums",
                "--no-instructions"));
    if (!durable) {
      initdb.add("--no-sync");
    }
    run(initdb, "", MINUTE);
    run(
        List.of(binaries.program("postgres"), "--single", "-D", unfinished.toString(), "postgres"),
        "create database %s\n".formatted(NAME),
        MINUTE);
    Files.writeString(
        unfinished.resolve("postgresql.conf"),
        "\ninclude '%s'\n".formatted(SETTINGS),
        StandardOpenOption.APPEND);
    Directories.finish(unfinished, directory());
  }

  /**
   * Removes what crashes left of making a cluster; what cannot be removed now, a later start does.
   */
  void removeUnfinished() throws IOException {
    try (DirectoryStream<Path> left =
        Files.newDirectoryStream(data.postgresql(), UNFINISHED + "*")) {
      for (Path unfinished : left) {
        removeIfLeftAlone(unfinished);
      }
    }
  }

  private static void removeIfLeftAlone(Path unfinished) {
    try {
      Directories.remove(unfinished);
    } catch (IOException inUse) {
      // An initdb whose process was killed still writes there, which disturbs nobody.
    }
  }

  /**
   * Starts the server on a free port and waits until it takes connections.
   *
   * @return the port
   */
  int start(Ports ports) throws IOException {
    Postmaster.forget(directory());
    removeOldLogs();
    Deadline deadline = Deadline.in(PATIENCE_WITH_OTHERS);
    while (true) {
      int port = ports.free();
      ports.keep(port);
      String failure = start(port);
      if (failure == null) {
        return port;
      }
      if (!isPassing(failure) || deadline.isPast()) {
        throw new DatabaseException(
            "PostgreSQL does not start on %s: %s. More is in %s."
                .formatted(directory(), failure, data.log()));
      }
      deadline.pause();
    }
  }

  /** Whether the next attempt may succeed: another port, or no process of a killed server left. */
  private static boolean isPassing(String failure) {
    return failure.contains("Address already in use")
        || failure.contains("pre-existing shared memory block");
  }

  /** Null if the server has started, else why it has not. */
  private @Nullable String start(int port) throws IOException {
    OwnerOnlyFile.write(directory().resolve(SETTINGS), new ServerSettings(port, durable).text());
    Path log = data.log().resolve("start.log");
    Files.deleteIfExists(log);
    Commands.Outcome outcome =
        pgCtl("start", "-l", log.toString(), "-t", Long.toString(RECOVERY.toSeconds()));
    if (outcome.succeeded()) {
      return null;
    }
    return Files.exists(log) ? reason(Files.readString(log)) : oneLine(outcome.output());
  }

  /** What a log says of the cause. */
  private static String reason(String log) {
    String causes =
        log.lines()
            .filter(line -> CAUSE.matcher(line).find())
            .map(line -> line.replaceFirst("^.*?[A-Z]+: +", ""))
            .collect(Collectors.joining("; "));
    return causes.isEmpty() ? oneLine(log) : causes;
  }

  boolean isRunning() throws IOException {
    return Postmaster.running(directory()) != null;
  }

  /**
   * Stops the server that runs on these files, whoever started it; nothing that was committed is
   * lost.
   */
  void stop() throws IOException {
    stop(PATIENCE_OF_STOPPING);
  }

  /**
   * The same.
   *
   * @param patience after which the server is killed; it recovers at its next start
   */
  void stop(Duration patience) throws IOException {
    Postmaster postmaster = Postmaster.running(directory());
    if (postmaster == null) {
      return;
    }
    Deadline end = Deadline.in(patience);
    long seconds = patience.toSeconds();
    // pg_ctl counts in whole seconds, so with few of them the second attempt is left out.
    if (!pgCtl("stop", "-m", "fast", "-t", atLeastOne(seconds * 2 / 3)).succeeded()
        && (end.isWithin(LEAST)
            || !pgCtl("stop", "-m", "immediate", "-t", atLeastOne(seconds / 6)).succeeded())) {
      kill(postmaster);
    }
    Deadline deadline = Deadline.in(PATIENCE_WITH_OTHERS);
    while (postmaster.isAlive() && !deadline.isPast()) {
      deadline.pause();
    }
    if (postmaster.isAlive()) {
      throw new DatabaseException(
          "PostgreSQL, process %d, runs on %s and does not stop: end it (kill -QUIT %d) and start again."
              .formatted(postmaster.pid(), directory(), postmaster.pid()));
    }
  }

  private static String atLeastOne(long seconds) {
    return Long.toString(Math.max(seconds, 1));
  }

  /** Its children too: one that is left would keep the next server from starting. */
  private static void kill(Postmaster postmaster) {
    ProcessHandle.of(postmaster.pid())
        .ifPresent(
            process -> {
              List<ProcessHandle> children = process.descendants().toList();
              process.destroyForcibly();
              children.forEach(ProcessHandle::destroyForcibly);
            });
  }

  private Commands.Outcome pgCtl(String action, String... options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(binaries.program("pg_ctl"), action, "-D", directory().toString(), "-w", "-s"));
    command.addAll(List.of(options));
    return commands.run(command, directory(), "", RECOVERY.plus(MINUTE));
  }

  /** Runs a program that makes files. The single-user server says only in words that it failed. */
  private void run(List<String> command, String input, Duration patience) throws IOException {
    Commands.Outcome outcome = commands.run(command, data.postgresql(), input, patience);
    if (!outcome.succeeded() || outcome.output().contains("ERROR: ")) {
      throw new DatabaseException(
          "The database in %s could not be made: %s"
              .formatted(data.postgresql(), oneLine(outcome.output())));
    }
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }

  /** PostgreSQL overwrites the log of a weekday at midnight, and only if it runs then. */
  private void removeOldLogs() throws IOException {
    Instant tooOld = Instant.now().minus(ALMOST_A_WEEK);
    try (DirectoryStream<Path> logs = Files.newDirectoryStream(data.log(), "*.log")) {
      for (Path log : logs) {
        if (Files.getLastModifiedTime(log).toInstant().isBefore(tooOld)) {
          Files.delete(log);
        }
      }
    }
  }
}
