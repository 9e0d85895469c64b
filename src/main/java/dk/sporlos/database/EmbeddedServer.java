package dk.sporlos.database;

import dk.sporlos.database.DirectoryLock.Owner;
import dk.sporlos.database.DirectoryLock.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server on a data directory: one that this process runs, or one that it found
 * running. All methods block, and throw {@link DatabaseException} for what a user can mend.
 */
public final class EmbeddedServer implements AutoCloseable {

  /*
   * Whoever has the directory's lock, and nobody else, starts and stops a server on it. A process
   * that is killed leaves its server behind without a lock; the next owner stops that one before it
   * starts its own, so that there are never two.
   */
  private static final Duration PATIENCE_OF_SERVERS = Duration.ofSeconds(10);
  private static final Duration PATIENCE_OF_COMMANDS = Duration.ofSeconds(60);
  private static final int PASSWORD_BYTES = 32;

  /**
   * Where a server is, or will be once it is started.
   *
   * @param running whether it takes connections now
   */
  public record Location(DatabaseUrl url, boolean running) {}

  /**
   * What a server needs besides its directory.
   *
   * @param patience how long to wait for others to leave the directory
   * @param durable false only for tests, whose data nobody misses
   */
  record Surroundings(Launcher launcher, SecureRandom random, Duration patience, boolean durable) {
    static Surroundings of(Role role) {
      Duration patience = role == Role.SERVE ? PATIENCE_OF_SERVERS : PATIENCE_OF_COMMANDS;
      return new Surroundings(
          Launcher.ofThisUser(), new SecureRandom(), patience, /* durable= */ true);
    }
  }

  private final DatabaseUrl url;
  private final @Nullable Cluster cluster;
  private final @Nullable DirectoryLock lock;

  private EmbeddedServer(DatabaseUrl url, @Nullable Cluster cluster, @Nullable DirectoryLock lock) {
    this.url = url;
    this.cluster = cluster;
    this.lock = lock;
  }

  /**
   * Starts a server and owns the directory until {@link #close}. What an earlier process left
   * running there is stopped first.
   *
   * @param port 0 for one that is chosen at the first start and kept
   * @throws DatabaseException among other things if another process serves from this directory
   */
  public static EmbeddedServer serve(Path dataDirectory, int port) {
    return open(dataDirectory, port, Role.SERVE, Surroundings.of(Role.SERVE));
  }

  /**
   * Connects to the server of the process that serves from this directory, or starts one until
   * {@link #close} if nobody does. Waits for another command to end.
   *
   * @param port 0 for the one that is kept; only matters if a server is to be started
   */
  public static EmbeddedServer command(Path dataDirectory, int port) {
    return open(dataDirectory, port, Role.COMMAND, Surroundings.of(Role.COMMAND));
  }

  /** Where the server of a directory is, without starting it. */
  public static Location locate(Path dataDirectory) {
    try {
      DataDirectory data = DataDirectory.existing(dataDirectory);
      Postmaster postmaster = Postmaster.running(data.cluster());
      int port = postmaster == null ? new Ports(data.port(), 0).kept() : postmaster.port();
      if (port == 0) {
        throw new DatabaseException(
            "The database in %s was never started: start it with the command serve."
                .formatted(data.root()));
      }
      return new Location(url(port, password(data)), postmaster != null && postmaster.ready());
    } catch (IOException e) {
      throw unusable(dataDirectory, e);
    }
  }

  static EmbeddedServer open(Path path, int port, Role role, Surroundings surroundings) {
    Platform platform = Platform.current();
    Binaries.requireFor(platform);
    try {
      DataDirectory data = DataDirectory.prepared(path);
      Deadline deadline = Deadline.in(surroundings.patience());
      while (true) {
        DirectoryLock lock = DirectoryLock.tryAcquire(data, role);
        if (lock != null) {
          return started(data, port, lock, platform, surroundings);
        }
        Owner owner = DirectoryLock.owner(data);
        EmbeddedServer found = role == Role.COMMAND ? beside(data, owner) : null;
        if (found != null) {
          return found;
        }
        refuse(data, role, owner, deadline.isPast());
        deadline.pause();
      }
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  /** The server of the owner, null if that is no server to stay or not ready. */
  private static @Nullable EmbeddedServer beside(DataDirectory data, @Nullable Owner owner)
      throws IOException {
    if (owner == null || owner.role() != Role.SERVE || !owner.ready()) {
      return null;
    }
    Postmaster postmaster = Postmaster.running(data.cluster());
    return postmaster == null
        ? null
        : new EmbeddedServer(
            url(postmaster.port(), password(data)), /* cluster= */ null, /* lock= */ null);
  }

  private static void refuse(
      DataDirectory data, Role role, @Nullable Owner owner, boolean tooLate) {
    String process =
        owner != null && owner.isAlive() ? "process " + owner.pid() : "another process";
    if (owner != null && owner.isAlive() && role == Role.SERVE && owner.role() == Role.SERVE) {
      throw new DatabaseException(
          "The data directory %s is already served by %s: stop that one, or name another directory with --data."
              .formatted(data.root(), process));
    }
    if (tooLate) {
      throw new DatabaseException(
          "The data directory %s is in use by %s: try again when it has finished."
              .formatted(data.root(), process));
    }
  }

  private static EmbeddedServer started(
      DataDirectory data,
      int port,
      DirectoryLock lock,
      Platform platform,
      Surroundings surroundings)
      throws IOException {
    try {
      data.mark();
      Commands commands = surroundings.launcher().commandsFor(data.postgresql());
      Binaries binaries = Binaries.unpack(data.postgresql(), platform);
      Cluster cluster = new Cluster(data, binaries, commands, surroundings.durable());
      if (cluster.exists()) {
        cluster.checkVersion();
        cluster.stop();
      } else {
        makePassword(data, surroundings.random());
        cluster.initialise();
      }
      cluster.binaries().removeOthers();
      cluster.removeUnfinished();
      String password = password(data);
      int chosen = cluster.start(new Ports(data.port(), port));
      lock.ready(true);
      return new EmbeddedServer(url(chosen, password), cluster, lock);
    } catch (IOException | RuntimeException e) {
      if (Thread.interrupted()) {
        leaveNothingRunning(data, platform, surroundings);
        Thread.currentThread().interrupt();
      }
      lock.close();
      throw e;
    }
  }

  /** Stops what was being started when this thread was told to give up. */
  private static void leaveNothingRunning(
      DataDirectory data, Platform platform, Surroundings surroundings) throws IOException {
    Cluster cluster =
        new Cluster(
            data,
            Binaries.unpack(data.postgresql(), platform),
            surroundings.launcher().commandsFor(data.postgresql()),
            surroundings.durable());
    if (cluster.exists()) {
      cluster.stop(PATIENCE_OF_SERVERS);
    }
  }

  private static void makePassword(DataDirectory data, SecureRandom random) throws IOException {
    byte[] bytes = new byte[PASSWORD_BYTES];
    random.nextBytes(bytes);
    OwnerOnlyFile.write(
        data.password(), Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + "\n");
  }

  private static String password(DataDirectory data) throws IOException {
    if (!Files.exists(data.password())) {
      throw new DatabaseException(
          "The file %s with the password of the database is gone: restore it from a backup."
              .formatted(data.password()));
    }
    return Files.readString(data.password()).strip();
  }

  private static DatabaseUrl url(int port, String password) {
    return new DatabaseUrl(
        "127.0.0.1", port, Cluster.NAME, Cluster.NAME, password, Map.of("sslmode", "disable"));
  }

  private static DatabaseException unusable(Path path, IOException failure) {
    return new DatabaseException(
        "The data directory %s cannot be used (%s): correct that, or name another with --data."
            .formatted(path, DataDirectory.reason(failure)),
        failure);
  }

  /** Where the server is and how to sign in. */
  public DatabaseUrl url() {
    return url;
  }

  /**
   * Starts the server again, on the same port, if this object started it and it has died since.
   * Call it every now and then: nobody else may start one on this directory.
   *
   * @return whether it had died
   */
  public synchronized boolean revive() {
    if (cluster == null || lock == null || !lock.isHeld()) {
      return false;
    }
    try {
      if (cluster.isRunning()) {
        return false;
      }
      cluster.start(new Ports(cluster.data().port(), url.port()));
      return true;
    } catch (IOException e) {
      throw unusable(cluster.data().root(), e);
    }
  }

  /**
   * Stops the server if this object started it and has not stopped it yet. Nothing that was
   * committed is lost.
   */
  @Override
  public void close() {
    close(Cluster.PATIENCE_OF_STOPPING);
  }

  /**
   * The same.
   *
   * @param patience within which the server is gone: one that does not obey is killed, and recovers
   *     at its next start
   */
  public synchronized void close(Duration patience) {
    if (cluster == null || lock == null || !lock.isHeld()) {
      return;
    }
    try (lock) {
      lock.ready(false);
      cluster.stop(patience);
    } catch (IOException e) {
      throw unusable(cluster.data().root(), e);
    }
  }
}
