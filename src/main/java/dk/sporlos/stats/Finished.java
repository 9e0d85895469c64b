package dk.sporlos.stats;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dk.sporlos.site.Site;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What was read about finished periods, given again for as long as nothing of them changes. */
final class Finished {

  /*
   * Under which it is found says everything that it depends on: the site with its settings, the query
   * with the goals and segments that it names, and the stamp of the days, which the database gives in
   * the transaction of each question. A day that is due or sealed again, on whichever node, has another
   * stamp, so nothing has to be forgotten in time; what is not asked for any more goes after an hour.
   */
  static final long MOST_BYTES = Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 16);

  private static final Duration REMEMBERED = Duration.ofHours(1);

  /**
   * What is read.
   *
   * @param only the only rows that are wanted; null for any
   * @param stamp of the days, see {@link Days.Known#stamp}
   */
  record Question(
      Site site, Plan plan, Period period, @Nullable List<Answer.Row> only, String stamp) {
    Question {
      only = only == null ? null : List.copyOf(only);
      plan = plan.overAnyRange();
    }
  }

  private final Cache<Question, Read> reads;

  /**
   * @param bytes how many are remembered at most, about; 0 to read always
   */
  Finished(long bytes, MeterRegistry meters) {
    this.reads =
        Caffeine.newBuilder()
            .maximumWeight(bytes)
            .weigher((Question question, Read read) -> read.weight())
            .expireAfterAccess(REMEMBERED)
            .recordStats()
            .executor(Runnable::run)
            .build();
    CaffeineCacheMetrics.monitor(meters, reads, "answer");
  }

  /** What was read before; else what is read now. */
  Future<Read> read(Question question, Supplier<Future<Read>> reading) {
    Read known = reads.getIfPresent(question);
    return known == null
        ? reading.get().onSuccess(read -> reads.put(question, read))
        : Future.succeededFuture(known);
  }
}
