package dk.sporlos.door;

import dk.sporlos.site.AddressUse;
import dk.sporlos.testing.Canaries;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** What day keys make of senders, for tests that look for it where it must not be. */
public final class DayKeyProducts {
  private DayKeyProducts() {}

  /** Looks for what a key makes of a sender, in whole and in halves. */
  public static void add(
      Canaries canaries, byte[] key, String address, String agent, String language) {
    Address parsed = Address.parse(address);
    if (parsed == null) {
      throw new IllegalArgumentException("not an address: " + address);
    }
    Sender sender = new Sender(parsed, agent, language, false, false, false, ClientHints.NONE);
    DayKey dayKey = new DayKey(key.clone(), LocalDate.EPOCH, ZoneOffset.UTC, new AtomicLong());
    Fingerprint fingerprint = dayKey.fingerprint(sender.traits(AddressUse.CUT));
    canaries.addBytes(
        "the fingerprint of " + address,
        ByteBuffer.allocate(16).putLong(fingerprint.high()).putLong(fingerprint.low()).array());
    canaries.addNumber("half the fingerprint of " + address, fingerprint.high());
    canaries.addNumber("the other half of the fingerprint of " + address, fingerprint.low());
  }
}
