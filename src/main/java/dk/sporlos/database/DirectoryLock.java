package dk.sporlos.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The right of one process to run a server on a data directory. It ends with the process. */
final class DirectoryLock implements AutoCloseable {

  /*
   * The lock is the operating system's, so a killed process leaves none behind. Such a lock belongs
   * to the process as a whole, and goes as soon as the process closes the file anywhere, even if it
   * had only opened it for reading. Hence the map of what this process has locked, and one monitor
   * around everything that opens a lock file.
   */
  private static final Map<Path, Owner> HELD = new HashMap<>();

  /** What a process owns a directory for. */
  enum Role {
    SERVE,
    COMMAND
  }

  /**
   * Who owns a directory.
   *
   * @param ready whether the owner's server takes connections
   */
  record Owner(Role role, long pid, boolean ready) {

    /** False if the file tells of an owner before this one, who is gone. */
    boolean isAlive() {
      return ProcessHandle.of(pid).isPresent();
    }

    private static @Nullable Owner parse(String text) {
      String[] words = text.strip().split(" ", -1);
      if (words.length < 2 || !words[1].matches("[0-9]{1,18}")) {
        return null;
      }
      Role role = words[0].equals("serve") ? Role.SERVE : Role.COMMAND;
      return new Owner(role, Long.parseLong(words[1]), words.length > 2);
    }

    private String text() {
      String word = role == Role.SERVE ? "serve" : "command";
      return "%s %d%s\n".formatted(word, pid, ready ? " ready" : "");
    }
  }

  private final Path file;
  private final FileChannel channel;

  private DirectoryLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Takes the lock; null if somebody has it. */
  static @Nullable DirectoryLock tryAcquire(DataDirectory directory, Role role) throws IOException {
    Path file = fileOf(directory);
    synchronized (HELD) {
      if (HELD.containsKey(file)) {
        return null;
      }
      FileChannel channel = open(file);
      try {
        if (channel.tryLock() == null) {
          channel.close();
          return null;
        }
        DirectoryLock lock = new DirectoryLock(file, channel);
        lock.note(new Owner(role, ProcessHandle.current().pid(), /* ready= */ false));
        return lock;
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    }
  }

  /** Who has the lock, as far as the file tells; null if it does not. */
  static @Nullable Owner owner(DataDirectory directory) throws IOException {
    Path file = fileOf(directory);
    synchronized (HELD) {
      Owner self = HELD.get(file);
      if (self != null) {
        return self;
      }
      try {
        return Owner.parse(Files.readString(file));
      } catch (NoSuchFileException e) {
        return null;
      }
    }
  }

  private static Path fileOf(DataDirectory directory) throws IOException {
    return directory.root().toRealPath().resolve(directory.lock().getFileName());
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  /** Tells others whether they may connect to the owner's server. */
  void ready(boolean ready) throws IOException {
    synchronized (HELD) {
      Owner owner = HELD.get(file);
      if (owner != null) {
        note(new Owner(owner.role(), owner.pid(), ready));
      }
    }
  }

  private void note(Owner owner) throws IOException {
    ByteBuffer text = UTF_8.encode(owner.text());
    channel.write(text, 0);
    channel.truncate(text.limit());
    HELD.put(file, owner);
  }

  boolean isHeld() {
    return channel.isOpen();
  }

  /** Gives the lock back. */
  @Override
  public void close() throws IOException {
    synchronized (HELD) {
      if (channel.isOpen()) {
        channel.truncate(0);
        channel.close();
        HELD.remove(file);
      }
    }
  }
}
