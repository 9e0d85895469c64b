package dk.sporlos.door;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The networks whose word is taken for where a request comes from. */
public final class TrustedProxies {
  private final List<Network> networks;

  private TrustedProxies(List<Network> networks) {
    this.networks = List.copyOf(networks);
  }

  public static TrustedProxies none() {
    return new TrustedProxies(List.of());
  }

  /**
   * Reads networks separated by commas, such as {@code 10.0.0.0/8,2001:db8::/32,127.0.0.1}.
   *
   * @throws IllegalArgumentException whose message names every bad one and what to write instead
   */
  public static TrustedProxies parse(String text) {
    List<Network> networks = new ArrayList<>();
    List<String> complaints = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String literal = part.strip();
      if (literal.isEmpty()) {
        continue;
      }
      Network network = Network.parse(literal);
      if (network == null) {
        complaints.add(
            "\""
                + literal
                + "\" is no network; write it as 10.0.0.0/8, 2001:db8::/32 or 127.0.0.1");
      } else if (!network.startsAtItsBase()) {
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
    return new TrustedProxies(networks);
  }

  boolean trusts(Address address) {
    for (Network network : networks) {
      if (network.contains(address)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return "TrustedProxies[" + networks.size() + " networks]";
  }

  /** A range of addresses that share their first bits. */
  private record Network(Address base, long highMask, long lowMask) {

    static @Nullable Network parse(String literal) {
      int slash = literal.indexOf('/');
      Address base = Address.parse(slash < 0 ? literal : literal.substring(0, slash));
      if (base == null) {
        return null;
      }
      int length = slash < 0 ? base.bits() : prefixLength(literal.substring(slash + 1));
      if (length < 0 || length > base.bits()) {
        return null;
      }
      return base.six()
          ? new Network(base, mask(Math.min(length, 64)), mask(Math.max(length - 64, 0)))
          : new Network(base, 0, mask(length) >>> 32);
    }

    private static int prefixLength(String text) {
      return text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : -1;
    }

    private static long mask(int ones) {
      return ones == 0 ? 0 : -1L << (64 - ones);
    }

    boolean startsAtItsBase() {
      return (base.high() & ~highMask) == 0 && (base.low() & ~lowMask) == 0;
    }

    boolean contains(Address address) {
      return address.six() == base.six()
          && (address.high() & highMask) == base.high()
          && (address.low() & lowMask) == base.low();
    }
  }
}
