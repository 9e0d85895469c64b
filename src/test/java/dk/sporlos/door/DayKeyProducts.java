package dk.sporlos.door;

import dk.sporlos.site.AddressUse;
import dk.sporlos.testing.Canaries;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** What day keys make of senders, for tests that look for it where it must not be. */
public final class DayKeyProducts {
  private DayKeyProducts() {}

  /** Looks for what a key makes of a sender, of each part and of all, in whole and in halves. */
  public static void add(
      Canaries canaries, byte[] key, String address, String agent, String language, String cookie) {
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
    KeyedHash hash = new KeyedHash(key.clone());
    byte[] traits = sender.traits(AddressUse.CUT);
    int cutLength = 1 + 2 * Long.BYTES;
    Map.of(
            "the cookie", text(cookie),
            "the cookie's traits",
                new VisitorCookie(LocalDate.EPOCH, LocalDate.EPOCH, cookie).traits(),
            "all traits", traits,
            "all traits with the full address", sender.traits(AddressUse.FULL),
            "the address", text(address),
            "the address's bytes", bytes(parsed),
            "the cut address", Arrays.copyOf(traits, cutLength),
            "the cut address's number", Arrays.copyOfRange(traits, 1 + Long.BYTES, cutLength),
            "the agent", text(agent),
            "the language", text(language))
        .forEach((part, bytes) -> addCode(canaries, hash, part + " of " + address, bytes));
  }

  /** The whole code, and its first half, which alone is what the door uses. */
  private static void addCode(Canaries canaries, KeyedHash hash, String name, byte[] message) {
    byte[] code = hash.code(message).array();
    canaries.addBytes("the code of " + name, code);
    canaries.addBytes("the short code of " + name, Arrays.copyOf(code, 16));
    canaries.addNumber("the code's first number of " + name, ByteBuffer.wrap(code).getLong());
  }

  private static byte[] bytes(Address address) {
    return address.six()
        ? ByteBuffer.allocate(16).putLong(address.high()).putLong(address.low()).array()
        : ByteBuffer.allocate(4).putInt((int) address.low()).array();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
