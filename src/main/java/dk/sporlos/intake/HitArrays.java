package dk.sporlos.intake;

import dk.sporlos.door.Hit;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.util.List;

/**
 * Hits as arrays, one a column, for statements that do not append them to the inbox. Meant for one
 * import: what it adds to the dictionaries is not bounded, since whoever imports may.
 */
public final class HitArrays {

  /** The columns of {@link #ROWS}: those of table {@code hit}. */
  public static final String COLUMNS = Inbox.COLUMNS;

  /** The hits as rows, of the first twenty parameters. */
  public static final String ROWS = Inbox.ROWS;

  private final HitDictionaries dictionaries;

  /**
   * @param pool that dictionaries are read and written with
   */
  public HitArrays(Pool pool, Clock clock, MeterRegistry meters) {
    this.dictionaries = HitDictionaries.unbounded(pool, clock, meters);
  }

  /** The first twenty parameters; what is new in dictionaries is durable by then. */
  public Future<Tuple> of(List<Hit> hits) {
    return dictionaries.number(hits).map(Destination.INBOX::parameters);
  }
}
