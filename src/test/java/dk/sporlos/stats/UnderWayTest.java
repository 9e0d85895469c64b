package dk.sporlos.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class UnderWayTest {
  private static final Site SITE = new Site(new SiteId(1), "example.com", ZoneOffset.UTC, false);

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final UnderWay underWay = new UnderWay(meters);
  private final AtomicInteger begun = new AtomicInteger();
  private Promise<Answer> promise = Promise.promise();

  @Test
  void whoAsksTheSameMeanwhileGetsTheSameAnswer() {
    Future<Answer> first = ask(Metric.VISITS);
    Future<Answer> second = ask(Metric.VISITS);
    Future<Answer> other = ask(Metric.PAGEVIEWS);

    assertThat(begun).hasValue(2);
    promise.complete(answer());
    assertThat(second.await()).isSameAs(first.await());
    assertThat(other.await()).isNotNull();
    assertThat(meters.get("sporlos.stats.shared").counter().count()).isEqualTo(1);
  }

  @Test
  void whoAsksAfterwardsGetsAnAnswerOfTheirOwn() {
    ask(Metric.VISITS);
    promise.complete(answer());

    ask(Metric.VISITS).await();

    assertThat(begun).hasValue(2);
  }

  @Test
  void whatFailsFailsForAllWhoWaitAndIsTriedAgainForTheNext() {
    ask(Metric.VISITS);
    Future<Answer> second = ask(Metric.VISITS);
    promise.fail(new InvalidQueryException("no"));
    promise = Promise.promise();
    promise.complete(answer());

    assertThatThrownBy(second::await).isInstanceOf(InvalidQueryException.class);
    assertThat(ask(Metric.VISITS).await()).isNotNull();
  }

  @Test
  void whatCannotEvenBeginIsNotWaitedFor() {
    Query query = query(Metric.VISITS);

    assertThatThrownBy(
            () ->
                underWay
                    .answer(
                        SITE,
                        query,
                        () -> {
                          throw new InvalidQueryException("no");
                        })
                    .await())
        .isInstanceOf(InvalidQueryException.class);
    promise.complete(answer());
    assertThat(ask(Metric.VISITS).await()).isNotNull();
  }

  @Test
  void whoWaitsGoesOnWhereTheyWaited() {
    Vertx vertx = Vertx.vertx();
    ask(Metric.VISITS);
    Context waiting = vertx.getOrCreateContext();
    Promise<Context> wentOn = Promise.promise();
    Promise<Void> asked = Promise.promise();

    waiting.runOnContext(
        ignored -> {
          ask(Metric.VISITS).onSuccess(got -> wentOn.complete(Vertx.currentContext()));
          asked.complete();
        });
    asked.future().await();
    promise.complete(answer());

    assertThat(wentOn.future().await()).isSameAs(waiting);
    vertx.close().await();
  }

  private Future<Answer> ask(Metric metric) {
    return underWay.answer(
        SITE,
        query(metric),
        () -> {
          begun.incrementAndGet();
          return promise.future();
        });
  }

  private static Query query(Metric metric) {
    return new Query(
        List.of(metric),
        DateRange.Named.DAY,
        List.of(),
        List.of(),
        Query.Include.NOTHING,
        Query.Paging.EVERYTHING);
  }

  private static Answer answer() {
    LocalDate day = LocalDate.EPOCH;
    return new Answer(
        SITE,
        query(Metric.VISITS),
        Period.ofDays(day, day, ZoneOffset.UTC),
        List.of(),
        null,
        null,
        null,
        Answer.Notes.NOTHING);
  }
}
