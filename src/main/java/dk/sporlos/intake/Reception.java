package dk.sporlos.intake;

import dk.sporlos.door.Reason;
import dk.sporlos.door.Trace;
import dk.sporlos.door.Verdict;
import dk.sporlos.http.Bodies;
import dk.sporlos.metrics.FailureLog;
import dk.sporlos.site.Dialect;
import dk.sporlos.site.Site;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes what the door let through to where it is durable, and counts how every beacon ended, the
 * same in all dialects.
 */
public final class Reception {

  /** Reasons that pass, and after how many seconds. */
  private static final Map<Reason, String> TOO_MANY =
      Map.of(Reason.RATE_LIMITED, "60", Reason.SITE_RATE, "1", Reason.SITE_QUOTA, "3600");

  /** Reasons for which a beacon is not stored, and after how many seconds it may be. */
  private static final Map<Reason, String> NO_ROOM =
      Map.of(Reason.OVERLOADED, "1", Reason.SPOOL_FULL, "60", Reason.STORAGE_FULL, "60");

  private final Vertx vertx;
  private final Intake intake;
  private final Refusals refusals;
  private final Cleanings cleanings;
  private final FailureLog failures = new FailureLog("a beacon was not stored");
  private final Map<Dialect, Counter> stored = new EnumMap<>(Dialect.class);
  private final Map<Dialect, Map<Reason, Counter>> refused = new EnumMap<>(Dialect.class);

  public Reception(
      Vertx vertx, Intake intake, Refusals refusals, Cleanings cleanings, MeterRegistry meters) {
    this.vertx = vertx;
    this.intake = intake;
    this.refusals = refusals;
    this.cleanings = cleanings;
    for (Dialect dialect : Dialect.values()) {
      stored.put(dialect, counter(meters, dialect, "stored", ""));
      Map<Reason, Counter> byReason = new EnumMap<>(Reason.class);
      for (Reason reason : Reason.values()) {
        byReason.put(reason, counter(meters, dialect, "refused", reason.label()));
      }
      refused.put(dialect, byReason);
    }
  }

  private static Counter counter(
      MeterRegistry meters, Dialect dialect, String outcome, String reason) {
    return Counter.builder("sporlos.beacons")
        .description("Beacons by outcome, by reason where they were not counted, and by dialect")
        .tag("dialect", dialect.label())
        .tag("outcome", outcome)
        .tag("reason", reason)
        .register(meters);
  }

  /** How a beacon ends that was judged. Never fails; completes on the context that asks. */
  Future<Ending> receive(Dialect dialect, Verdict verdict) {
    if (verdict instanceof Verdict.Accepted accepted) {
      return store(dialect, accepted);
    } else if (verdict instanceof Verdict.Repeated repeated) {
      return repeated(dialect, repeated);
    } else if (verdict instanceof Verdict.Dropped dropped) {
      return Future.succeededFuture(
          dropped(dialect, dropped.site(), dropped.reason(), dropped.detail()));
    }
    Verdict.Malformed malformed = (Verdict.Malformed) verdict;
    refuse(dialect, null, Reason.MALFORMED, "");
    return Future.succeededFuture(new Ending.Malformed(malformed.subject(), malformed.detail()));
  }

  /** How a beacon ends that could not be read from the connection, or not be judged. */
  Ending unjudged(Dialect dialect, Throwable failure) {
    if (failure instanceof Bodies.AbortedException) {
      refuse(dialect, null, Reason.ABORTED, "");
      return new Ending.Aborted();
    } else if (failure instanceof Bodies.TooLargeException) {
      refuse(dialect, null, Reason.TOO_LARGE, "");
      return new Ending.TooLarge();
    }
    return notStored(dialect, null, failure);
  }

  private Future<Ending> store(Dialect dialect, Verdict.Accepted accepted) {
    return intake
        .append(accepted.hit())
        .transform(
            outcome -> {
              if (outcome.failed()) {
                accepted.delivery().failed(outcome.cause());
                return Future.succeededFuture(notStored(dialect, accepted.site(), outcome.cause()));
              }
              accepted.delivery().done();
              return Future.succeededFuture(committed(dialect, accepted, outcome.result()));
            });
  }

  private Ending committed(Dialect dialect, Verdict.Accepted accepted, Intake.Outcome outcome) {
    if (outcome == Intake.Outcome.SET_ASIDE) {
      // The owner's count was committed with what is set aside.
      count(dialect, Reason.SET_ASIDE);
      return new Ending.Ignored(Reason.SET_ASIDE);
    }
    Objects.requireNonNull(stored.get(dialect), "every dialect has its counter").increment();
    return new Ending.Stored(cleaned(accepted));
  }

  /** Tells the website's owner what kinds were left out, and never what. */
  private String cleaned(Verdict.Accepted accepted) {
    Map<Trace, Integer> traces = accepted.cleaned();
    if (!traces.isEmpty()) {
      cleanings.count(accepted.site(), traces);
    }
    return traces.keySet().stream().sorted().map(Trace::label).collect(Collectors.joining(", "));
  }

  /** What was sent again is as durable as its earlier delivery. */
  private Future<Ending> repeated(Dialect dialect, Verdict.Repeated repeated) {
    Context own = vertx.getOrCreateContext();
    Promise<Ending> ending = Promise.promise();
    repeated
        .earlier()
        .onComplete(
            earlier ->
                own.runOnContext(
                    again ->
                        ending.complete(
                            earlier.succeeded()
                                ? dropped(dialect, repeated.site(), Reason.DUPLICATE, "")
                                : notStored(dialect, repeated.site(), earlier.cause()))));
    return ending.future();
  }

  private Ending dropped(Dialect dialect, @Nullable Site site, Reason reason, String detail) {
    refuse(dialect, site, reason, detail);
    String retryAfter = TOO_MANY.get(reason);
    return retryAfter == null ? new Ending.Ignored(reason) : new Ending.TooMany(reason, retryAfter);
  }

  private Ending notStored(Dialect dialect, @Nullable Site site, Throwable failure) {
    Reason reason = reasonNotStored(failure);
    refuse(dialect, site, reason, "");
    if (reason == Reason.UNAVAILABLE) {
      failures.log(failure);
    }
    return new Ending.NotStored(reason, NO_ROOM.getOrDefault(reason, "5"));
  }

  private static Reason reasonNotStored(Throwable failure) {
    if (failure instanceof NotTakenException refused) {
      return refused.reason();
    }
    return failure instanceof Bodies.OverBudgetException ? Reason.OVERLOADED : Reason.UNAVAILABLE;
  }

  /** Counts a beacon that does not count. */
  void refuse(Dialect dialect, @Nullable Site site, Reason reason, String detail) {
    refusals.count(site, reason, detail);
    count(dialect, reason);
  }

  private void count(Dialect dialect, Reason reason) {
    Map<Reason, Counter> byReason =
        Objects.requireNonNull(refused.get(dialect), "every dialect has its counters");
    Objects.requireNonNull(byReason.get(reason), "every reason has its counter").increment();
  }
}
