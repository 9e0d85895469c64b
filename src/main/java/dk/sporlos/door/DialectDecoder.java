package dk.sporlos.door;

import dk.sporlos.site.Dialect;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Reads what the trackers of another product send. */
interface DialectDecoder {

  /** What was sent; answers whatever it is. */
  Message decode(Sent sent);

  /** One for each dialect of another product. */
  static DialectDecoder of(Dialect dialect) {
    return Objects.requireNonNull(
        Decoders.BY_DIALECT.get(dialect), "every dialect has its decoder");
  }

  /** The decoders there are. */
  final class Decoders {
    private static final Map<Dialect, DialectDecoder> BY_DIALECT =
        new EnumMap<>(
            Map.of(
                Dialect.PLAUSIBLE, new PlausibleDecoder(),
                Dialect.UMAMI, new UmamiDecoder(),
                Dialect.MATOMO, new MatomoDecoder(),
                Dialect.GOATCOUNTER, new GoatCounterDecoder()));

    private Decoders() {}
  }
}
