package dk.sporlos.stats;

import dk.sporlos.site.Site;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Questions that are being answered: who asks the same meanwhile gets the same answer, so that many
 * who look at a site cost as much as one.
 */
final class UnderWay {

  private record Question(Site site, Query query) {}

  private final Map<Question, Future<Answer>> answers = new ConcurrentHashMap<>();
  private final Counter shared;

  UnderWay(MeterRegistry meters) {
    this.shared =
        Counter.builder("sporlos.stats.shared")
            .description("Questions that were answered with one that was under way")
            .register(meters);
  }

  /** The answer that is under way; else one that begins now. */
  Future<Answer> answer(Site site, Query query, Supplier<Future<Answer>> answering) {
    Question question = new Question(site, query);
    Promise<Answer> promise = Promise.promise();
    Future<Answer> before = answers.putIfAbsent(question, promise.future());
    if (before != null) {
      shared.increment();
      return onOwnContext(before);
    }
    Future<Answer> answer;
    try {
      answer = answering.get();
    } catch (RuntimeException e) {
      answer = Future.failedFuture(e);
    }
    return answer.onComplete(
        done -> {
          answers.remove(question);
          promise.handle(done);
        });
  }

  /** Whoever waits goes on where they waited, not where the answer was made. */
  private static Future<Answer> onOwnContext(Future<Answer> answer) {
    Context own = Vertx.currentContext();
    if (own == null) {
      return answer;
    }
    Promise<Answer> promise = Promise.promise();
    answer.onComplete(done -> own.runOnContext(ignored -> promise.handle(done)));
    return promise.future();
  }
}
