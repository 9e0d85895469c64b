package dk.sporlos.metrics;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import org.slf4j.event.KeyValuePair;

/** Writes each event of the log as a JSON object on a line of its own. */
public final class JsonLines extends EncoderBase<ILoggingEvent> {

  /*
   * Logback's own encoder writes arguments, messages of failures and their stack traces, any of which
   * may quote what was sent. Here a failure is named by its kind, and a field that is not among those
   * known, which the inventory declares, is left out.
   */

  /** What kind of failure it was. */
  public static final String KIND = "kind";

  /** How often it failed since it was last said. */
  static final String TIMES = "times";

  /** The id of the request that failed. */
  public static final String REQUEST = "request";

  private static final Set<String> OF_EVENTS = Set.of(KIND, TIMES, REQUEST);

  /** The names of all there may be on a line. */
  public static final Set<String> FIELDS =
      Set.of("time", "level", "logger", "message", KIND, TIMES, REQUEST);

  private static final byte[] NOTHING = {};

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    JsonObject line =
        new JsonObject()
            .put("time", event.getInstant().toString())
            .put("level", event.getLevel().toString())
            .put("logger", event.getLoggerName())
            .put("message", event.getFormattedMessage());
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      line.put(KIND, thrown.getClassName());
    }
    if (event.getKeyValuePairs() != null) {
      event.getKeyValuePairs().forEach(pair -> put(line, pair));
    }
    return (line.encode() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static void put(JsonObject line, KeyValuePair pair) {
    if (OF_EVENTS.contains(pair.key)) {
      Object value = Objects.requireNonNullElse(pair.value, "");
      line.put(pair.key, value instanceof Number ? value : value.toString());
    }
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }
}
