package dk.sporlos.metrics;

import dk.sporlos.metrics.Diagnosis.Check;
import dk.sporlos.metrics.Diagnosis.Outcome;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Examines the running process for what an operator should mend. */
public final class Doctor {

  /*
   * Whoever asks waits for the slowest examination, so none is waited for longer than its patience;
   * one that fails or is slow is a finding of its own, and keeps no other from being told. Whoever
   * asks meanwhile is told the same, so that many who ask are no more work than one.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** The code of what is found where an examination could not be made. */
  public static final String CHECK_FAILED = "check-failed";

  /** How much a finding matters. */
  public enum Severity {
    /** It is to be mended. */
    WRONG,

    /** Somebody should know of it. */
    NOTE;

    /** The word for it, in lower case. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Something that was found.
   *
   * @param code what kind, in lower case with dashes
   * @param detail what was seen; repeats nothing that a client sent
   * @param remedy what to do about it; empty where nothing is to be done
   */
  public record Finding(Severity severity, String code, String detail, String remedy) {
    public Finding {
      Objects.requireNonNull(severity, "severity");
      Objects.requireNonNull(code, "code");
      Objects.requireNonNull(detail, "detail");
      Objects.requireNonNull(remedy, "remedy");
    }

    /** Something that is wrong. */
    public Finding(String code, String detail, String remedy) {
      this(Severity.WRONG, code, detail, remedy);
    }

    /** Something to know of. */
    public static Finding note(String code, String detail, String remedy) {
      return new Finding(Severity.NOTE, code, detail, remedy);
    }
  }

  private record Examination(
      String name, @Nullable String condition, Supplier<Future<List<Finding>>> examine) {}

  private record Examined(Check check, List<Finding> findings) {}

  private final Duration patience;
  private final List<Examination> examinations = new CopyOnWriteArrayList<>();
  private @Nullable Future<Diagnosis> underWay; // guarded by this object

  public Doctor() {
    this(PATIENCE);
  }

  /**
   * @param patience with each examination
   */
  Doctor(Duration patience) {
    this.patience = patience;
  }

  /**
   * Adds an examination.
   *
   * @param name of what is examined, in lower case with dashes
   */
  public void examine(String name, Supplier<Future<List<Finding>>> examination) {
    examinations.add(new Examination(name, null, examination));
  }

  /** Adds an examination that is made only if an earlier one, of another name, finds nothing. */
  public void examineIf(
      String condition, String name, Supplier<Future<List<Finding>>> examination) {
    examinations.add(new Examination(name, condition, examination));
  }

  /**
   * Adds an examination that needs not wait for anything.
   *
   * @param examination null if all is well
   */
  public void examineNow(String name, Supplier<@Nullable Finding> examination) {
    examine(name, () -> Future.succeededFuture(some(examination.get())));
  }

  /** A list of one or none. */
  public static List<Finding> some(@Nullable Finding... findings) {
    return Stream.of(findings).filter(Objects::nonNull).toList();
  }

  /** What is found now, in the order of the examinations. */
  public synchronized Future<Diagnosis> diagnose() {
    Future<Diagnosis> present = underWay;
    if (present != null && !present.isComplete()) {
      return present;
    }
    Future<Diagnosis> begun = begin();
    underWay = begun;
    return begun;
  }

  private Future<Diagnosis> begin() {
    Map<String, Future<Examined>> made = new LinkedHashMap<>();
    for (Examination examination : examinations) {
      Future<Examined> condition =
          examination.condition() == null ? null : made.get(examination.condition());
      made.put(
          examination.name(),
          condition == null
              ? make(examination)
              : condition.compose(
                  first -> first.check().isWell() ? make(examination) : skip(examination)));
    }
    List<Future<Examined>> all = List.copyOf(made.values());
    return Future.all(all).map(done -> diagnosis(all.stream().map(Future::result).toList()));
  }

  private static Future<Examined> skip(Examination examination) {
    Check check = new Check(examination.name(), Outcome.SKIPPED);
    return Future.succeededFuture(new Examined(check, List.of()));
  }

  private Future<Examined> make(Examination examination) {
    return begin(examination)
        .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .transform(
            made ->
                Future.succeededFuture(
                    made.succeeded()
                        ? examined(examination.name(), made.result())
                        : failed(examination.name(), made.cause())));
  }

  private static Future<List<Finding>> begin(Examination examination) {
    try {
      return examination.examine().get();
    } catch (RuntimeException failure) {
      return Future.failedFuture(failure);
    }
  }

  private static Examined examined(String name, List<Finding> findings) {
    boolean wrong = findings.stream().anyMatch(one -> one.severity() == Severity.WRONG);
    Outcome outcome = findings.isEmpty() ? Outcome.OK : wrong ? Outcome.WRONG : Outcome.NOTE;
    return new Examined(new Check(name, outcome), findings);
  }

  private Examined failed(String name, Throwable failure) {
    String why =
        failure instanceof TimeoutException
            ? "no answer within %d ms".formatted(patience.toMillis())
            : FailureLog.kind(failure);
    return new Examined(
        new Check(name, Outcome.FAILED),
        List.of(
            new Finding(
                CHECK_FAILED,
                "Whether anything is wrong with '%s' is unknown: %s.".formatted(name, why),
                "Ask again; if it stays so, see what the log says, and report this.")));
  }

  private static Diagnosis diagnosis(List<Examined> all) {
    return new Diagnosis(
        all.stream().map(Examined::check).toList(),
        all.stream().flatMap(one -> one.findings().stream()).toList());
  }
}
