package dk.sporlos.spool;

import dk.sporlos.database.Directories;
import dk.sporlos.database.OwnerOnlyFile;
import dk.sporlos.metrics.FailureLog;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A small file beside the batches of a spool, for counts that could not be written to the database.
 * It is there only while some wait.
 *
 * <p>No future of it fails: what the disk does not do is logged, and answered with.
 */
public final class CountFile {
  private final Path path;
  private final WorkerExecutor worker;
  private final FailureLog unreadable;
  private final FailureLog unwritable;
  private volatile boolean there;

  /**
   * @param directory of a spool that this process has
   * @param name of the file, which no batch's file has
   * @param worker with one thread, where it may block
   */
  public CountFile(Path directory, String name, WorkerExecutor worker) {
    this.path = directory.resolve(name);
    this.worker = worker;
    this.unreadable = new FailureLog(name + " in the spool cannot be read, and is put aside");
    this.unwritable = new FailureLog(name + " in the spool cannot be written or removed");
  }

  /**
   * What a process before this one has left; nothing if there is no file. One that cannot be read
   * is put aside under another name.
   *
   * @param parse throws what is no checked exception if the text makes no sense
   */
  public <T> Future<List<T>> read(Function<String, List<T>> parse) {
    return worker.executeBlocking(() -> readNow(parse)).otherwise(List.of());
  }

  private <T> List<T> readNow(Function<String, List<T>> parse) {
    try {
      List<T> found = parse.apply(Files.readString(path));
      there = true;
      return found;
    } catch (NoSuchFileException usual) {
      return List.of();
    } catch (IOException | RuntimeException failure) {
      unreadable.log(failure);
      putAside();
      return List.of();
    }
  }

  private void putAside() {
    try {
      Files.move(
          path,
          path.resolveSibling(path.getFileName() + ".damaged"),
          StandardCopyOption.ATOMIC_MOVE);
      Directories.sync(path.getParent());
    } catch (IOException failure) {
      unwritable.log(failure);
    }
  }

  /** Replaces what is in it, and answers whether that is durable. */
  public Future<Boolean> write(Supplier<String> text) {
    return worker
        .executeBlocking(
            () -> {
              there = true;
              OwnerOnlyFile.write(path, text.get());
              return true;
            })
        .otherwise(this::failed);
  }

  /** Removes it, if there is one, and answers whether there is none. */
  public Future<Boolean> remove() {
    return there
        ? worker
            .executeBlocking(
                () -> {
                  Files.deleteIfExists(path);
                  there = false;
                  return true;
                })
            .otherwise(this::failed)
        : Future.succeededFuture(true);
  }

  private boolean failed(Throwable failure) {
    unwritable.log(failure);
    return false;
  }
}
