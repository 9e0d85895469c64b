package dk.sporlos.door;

import dk.sporlos.settings.Network;
import io.netty.util.NetUtil;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A full network address. An address on the network of IPv4 is held as such, also where it is
 * written as IPv6 ({@code ::ffff:192.0.2.1}, RFC 4291 2.5.5.2).
 *
 * @param high upper half of an IPv6 address, 0 for IPv4
 * @param low lower half of an IPv6 address, or the whole of an IPv4 address
 */
record Address(boolean six, long high, long low) {
  /** Stands for a peer without an address: a connection that is gone, or a Unix socket. */
  static final Address UNKNOWN = new Address(false, 0, 0);

  private static final long MAPPED = 0xffffL;

  /** Reads a literal and never asks a name server; null if the text is no literal. */
  static @Nullable Address parse(String literal) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(literal);
    if (bytes == null) {
      return null;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    if (bytes.length == 4) {
      return new Address(false, 0, Integer.toUnsignedLong(buffer.getInt()));
    }
    long high = buffer.getLong();
    long low = buffer.getLong();
    boolean mapped = high == 0 && low >>> 32 == MAPPED;
    return mapped ? new Address(false, 0, low & 0xffff_ffffL) : new Address(true, high, low);
  }

  boolean isInAny(List<Network> networks) {
    for (Network network : networks) {
      if (network.contains(six, high, low)) {
        return true;
      }
    }
    return false;
  }

  CutAddress cut() {
    return six ? new CutAddress(true, high >>> 16) : new CutAddress(false, low >>> 8);
  }

  @Override
  public String toString() {
    return "Address";
  }
}
