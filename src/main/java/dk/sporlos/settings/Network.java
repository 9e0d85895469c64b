package dk.sporlos.settings;

import io.netty.util.NetUtil;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A range of network addresses that share their first bits, as an operator writes it.
 *
 * @param six whether it is one of IPv6; one of IPv4 written as IPv6 ({@code ::ffff:10.0.0.0/104})
 *     is one of IPv4
 * @param high upper half of the first address of IPv6, 0 for IPv4
 * @param low lower half of it, or the whole of an address of IPv4
 * @param length of the prefix in bits
 */
public record Network(boolean six, long high, long low, int length) {
  private static final long MAPPED = 0xffffL;
  private static final int BITS_OF_SIX = 128;
  private static final int BITS_OF_FOUR = 32;

  /**
   * Reads networks separated by commas, such as {@code 10.0.0.0/8,2001:db8::/32,127.0.0.1}.
   *
   * @throws IllegalArgumentException whose message names every bad one and what to write instead
   */
  public static List<Network> parseAll(String text) {
    List<Network> networks = new ArrayList<>();
    List<String> complaints = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String literal = part.strip();
      if (literal.isEmpty()) {
        continue;
      }
      Network network = parse(literal);
      if (network == null) {
        complaints.add(
            "\""
                + literal
                + "\" is no network; write it as 10.0.0.0/8, 2001:db8::/32 or 127.0.0.1");
      } else if (!network.contains(network.six, network.high, network.low)) {
        complaints.add(
            "\""
                + literal
                + "\" has bits set beyond its prefix; write the network's first address");
      } else {
        networks.add(network);
      }
    }
    if (!complaints.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", complaints));
    }
    return List.copyOf(networks);
  }

  private static @Nullable Network parse(String literal) {
    int slash = literal.indexOf('/');
    byte[] bytes =
        NetUtil.createByteArrayFromIpAddressString(
            slash < 0 ? literal : literal.substring(0, slash));
    if (bytes == null) {
      return null;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    if (bytes.length == Integer.BYTES) {
      int length = prefixLength(literal, slash, BITS_OF_FOUR);
      return length < 0
          ? null
          : new Network(false, 0, Integer.toUnsignedLong(buffer.getInt()), length);
    }
    long high = buffer.getLong();
    long low = buffer.getLong();
    int length = prefixLength(literal, slash, BITS_OF_SIX);
    if (length < 0) {
      return null;
    }
    int unmapped = length - BITS_OF_SIX + BITS_OF_FOUR;
    return high == 0 && low >>> BITS_OF_FOUR == MAPPED && unmapped >= 0
        ? new Network(false, 0, low & 0xffff_ffffL, unmapped)
        : new Network(true, high, low, length);
  }

  /** Bits of the prefix, all where none is written; -1 if what is written is no such number. */
  private static int prefixLength(String literal, int slash, int bits) {
    if (slash < 0) {
      return bits;
    }
    String text = literal.substring(slash + 1);
    int length = text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : -1;
    return length <= bits ? length : -1;
  }

  /** Whether an address, in two halves like those of this record, is in the range. */
  public boolean contains(boolean six, long high, long low) {
    if (six != this.six) {
      return false;
    }
    return six
        ? (high & mask(Math.min(length, Long.SIZE))) == this.high
            && (low & mask(Math.max(length - Long.SIZE, 0))) == this.low
        : (low & (mask(length) >>> BITS_OF_FOUR)) == this.low;
  }

  private static long mask(int ones) {
    return ones == 0 ? 0 : -1L << (Long.SIZE - ones);
  }
}
