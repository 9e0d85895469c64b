package dk.sporlos.metrics;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs each line that is written to it as a warning. */
final class LoggedLines extends OutputStream {
  private static final Logger LOG = LoggerFactory.getLogger("dk.sporlos.cli");
  private static final String PREFIX = "sporlos: ";

  // Guarded by this object.
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  @Override
  public synchronized void write(int octet) {
    if (octet != '\n') {
      line.write(octet);
      return;
    }
    String text = line.toString(StandardCharsets.UTF_8).strip();
    line.reset();
    if (!text.isEmpty()) {
      LOG.warn("{}", text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text);
    }
  }
}
