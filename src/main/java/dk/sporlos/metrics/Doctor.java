package dk.sporlos.metrics;

import io.vertx.core.Future;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Examines the running process for what an operator should mend. */
public final class Doctor {

  /**
   * Something that is wrong.
   *
   * @param code what kind, in lower case with dashes
   * @param detail what was seen; repeats nothing that a client sent
   * @param remedy what to do about it
   */
  public record Finding(String code, String detail, String remedy) {
    public Finding {
      Objects.requireNonNull(code, "code");
      Objects.requireNonNull(detail, "detail");
      Objects.requireNonNull(remedy, "remedy");
    }
  }

  private final List<Supplier<Future<@Nullable Finding>>> examinations =
      new CopyOnWriteArrayList<>();

  /**
   * Adds an examination.
   *
   * @param examination null if all is well
   */
  public void examine(Supplier<Future<@Nullable Finding>> examination) {
    examinations.add(examination);
  }

  /** Adds an examination that needs not wait for anything. */
  public void examineNow(Supplier<@Nullable Finding> examination) {
    examine(() -> Future.succeededFuture(examination.get()));
  }

  /** What is wrong now, in the order of the examinations. */
  public Future<List<Finding>> findings() {
    List<Future<@Nullable Finding>> found = examinations.stream().map(Supplier::get).toList();
    return Future.all(found)
        .map(all -> found.stream().map(Future::result).filter(Objects::nonNull).toList());
  }
}
