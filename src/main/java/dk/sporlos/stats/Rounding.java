package dk.sporlos.stats;

import dk.sporlos.seal.Figure;
import dk.sporlos.site.SiteId;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.LocalDate;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * Rounds the figures of a site for outsiders: to a multiple of a base, up with the probability that
 * keeps the mean. What decides is drawn by a keyed hash, so that the same cell is rounded alike on
 * every node and for ever. For use by one thread.
 */
final class Rounding {

  /*
   * One number is drawn for a cell, which is a day and a value, and decides for all its figures.
   * Were it one for each figure, equal figures (page views and events of a site that has no events)
   * would be rounded twice, and where they come out unequal the figure would lie in a gap narrower
   * than the base. So, too, no figure that is part of another comes out greater than it. For the
   * same reason what is known to be the same as another cell is rounded as that cell; see CellName.
   */
  static final String ALGORITHM = "HmacSHA256";

  private static final long SECONDS_OF_A_VISIT = 60;
  private static final long PERCENT_OF_A_PAGE = 100;

  private final Mac mac;
  private final SiteId site;
  private final int base;

  /**
   * @param base from 1, which leaves figures as they are
   */
  Rounding(SecretKey key, SiteId site, int base) {
    try {
      this.mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, impossible);
    }
    this.site = site;
    this.base = base;
  }

  private static Buffer sized(String text) {
    Buffer bytes = Buffer.buffer(text);
    return Buffer.buffer().appendInt(bytes.length()).appendBuffer(bytes);
  }

  /** What decides about a cell: 32 random bits. */
  long draw(LocalDate day, CellName cell) {
    Buffer message =
        Buffer.buffer()
            .appendInt(site.value())
            .appendLong(day.toEpochDay())
            .appendBuffer(sized(cell.segment()))
            .appendBuffer(sized(cell.dimension()))
            .appendBuffer(sized(cell.value()));
    return Integer.toUnsignedLong(ByteBuffer.wrap(mac.doFinal(message.getBytes())).getInt());
  }

  /** A figure of the cell that a number was drawn for. */
  long round(Figure figure, long exact, long draw) {
    long unit = unit(figure);
    long remainder = Math.floorMod(exact, unit);
    boolean up = draw * unit < remainder << Integer.SIZE;
    return exact - remainder + (up ? unit : 0);
  }

  /* A second or a percent of one visit is as telling as the visit, so sums of them move in steps of
  what a few visits would add. */
  private long unit(Figure figure) {
    if (base == 1) {
      return 1;
    }
    return switch (figure) {
      case SECONDS, ENGAGED -> base * SECONDS_OF_A_VISIT;
      case SCROLL -> base * PERCENT_OF_A_PAGE;
      default -> base;
    };
  }
}
