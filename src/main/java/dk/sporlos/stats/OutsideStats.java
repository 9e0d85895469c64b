package dk.sporlos.stats;

import dk.sporlos.site.Site;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.LocalDate;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Answers outsiders: with finished days alone, by one dimension, and with figures that are rounded
 * so that no number of questions tells a small one.
 *
 * <p>What is rounded is a cell: a day and a value of the dimension, or a day as a whole. Everything
 * else is the sum, the average or the share of rounded cells; docs/decisions/0021-outsiders.md says
 * what that keeps and what it does not.
 */
final class OutsideStats {

  private static final String KEY = "select key from rounding_key";

  private final Pool pool;
  private final Clock clock;
  private final AtomicReference<@Nullable SecretKey> known = new AtomicReference<>();

  OutsideStats(Pool pool, Clock clock) {
    this.pool = pool;
    this.clock = clock;
  }

  /**
   * The answer to a query.
   *
   * <p>Fails with {@link InvalidQueryException} if it is not open to outsiders, and else as {@link
   * Stats#answer(Site, Query)} does.
   */
  Future<Answer> answer(Reader.Outside outsider, Query query) {
    Outsiders.check(query);
    Site site = outsider.site();
    Filter.All segment = Outsiders.segment(outsider.segment());
    Rules.check(query, segment);
    return key()
        .compose(
            key ->
                Definitions.of(pool, site.id(), counted(query, segment))
                    .compose(
                        definitions -> {
                          Rounding rounding =
                              new Rounding(key, site.id(), site.privacy().rounding());
                          return answer(site, query, segment, definitions, rounding);
                        }));
  }

  private Future<Answer> answer(
      Site site, Query query, Filter.All segment, Definitions definitions, Rounding rounding) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), site.zone());
    return ReportReading.in(
        pool,
        connection ->
            ReportReading.period(connection, site, query.range(), clock, Live.NONE)
                .compose(
                    period ->
                        new OutsideReading(connection, site, segment, definitions, rounding, today)
                            .answer(daily(query, period).over(period), period)));
  }

  /** The query with the filters whose definitions are needed. */
  private static Query counted(Query query, Filter.All segment) {
    return new Query(
        query.metrics(),
        query.range(),
        segment,
        query.dimensions(),
        query.order(),
        query.include(),
        query.paging());
  }

  /** The query with a day where time would stand for its hours. */
  private static Query daily(Query query, Period period) {
    if (period.bucket() != Dimension.TIME_HOUR) {
      return query;
    }
    return new Query(
        query.metrics(),
        query.range(),
        query.filter(),
        query.dimensions().stream().<Attribute>map(OutsideStats::daily).toList(),
        query.order().stream()
            .map(
                order ->
                    order.by() instanceof Attribute attribute
                        ? new Order(daily(attribute), order.direction())
                        : order)
            .toList(),
        query.include(),
        query.paging());
  }

  private static Attribute daily(Attribute attribute) {
    return attribute == Dimension.TIME ? Dimension.TIME_DAY : attribute;
  }

  private Future<SecretKey> key() {
    SecretKey key = known.get();
    return key != null
        ? Future.succeededFuture(key)
        : pool.query(KEY)
            .execute()
            .<SecretKey>map(
                rows ->
                    new SecretKeySpec(
                        rows.iterator().next().getBuffer("key").getBytes(), Rounding.ALGORITHM))
            .onSuccess(known::set);
  }
}
