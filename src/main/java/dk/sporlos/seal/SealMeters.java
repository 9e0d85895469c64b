package dk.sporlos.seal;

import dk.sporlos.site.SiteId;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** How fast days are sealed, and for how long those wait that are to be. */
final class SealMeters {
  private final Clock clock;
  private final LongAdder days = new LongAdder();
  private final LongAdder nanos = new LongAdder();

  /** When days of a site were first found that are to be sealed and still are not. */
  private final Map<SiteId, Instant> waiting = new ConcurrentHashMap<>();

  SealMeters(Clock clock) {
    this.clock = clock;
  }

  void bindTo(MeterRegistry meters) {
    FunctionTimer.builder(
            "sporlos.seal.day",
            this,
            of -> of.days.sum(),
            of -> of.nanos.sum(),
            TimeUnit.NANOSECONDS)
        .description("Time that computing a day's totals took")
        .register(meters);
    TimeGauge.builder("sporlos.seal.lag", this, TimeUnit.SECONDS, SealMeters::lagSeconds)
        .description("How long ago the oldest day was found that is to be sealed and still is not")
        .register(meters);
  }

  /** Times the sealing of a day. */
  <T> Future<T> day(Supplier<Future<T>> sealing) {
    long began = System.nanoTime();
    return sealing
        .get()
        .onSuccess(
            done -> {
              days.increment();
              nanos.add(System.nanoTime() - began);
            });
  }

  /** Days of a site are to be sealed. */
  void found(SiteId site) {
    waiting.putIfAbsent(site, clock.instant());
  }

  /** No day of a site is to be sealed. */
  void done(SiteId site) {
    waiting.remove(site);
  }

  /** Another process sees to it. */
  void leave() {
    waiting.clear();
  }

  private double lagSeconds() {
    return waiting.values().stream()
        .min(Instant::compareTo)
        .map(since -> Math.max(0, Duration.between(since, clock.instant()).toMillis() / 1_000.0))
        .orElse(0.0);
  }
}
