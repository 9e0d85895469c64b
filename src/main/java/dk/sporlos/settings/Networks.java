package dk.sporlos.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Any number of networks, among which an address is found in the time of a binary search. */
public final class Networks {

  /*
   * Of two networks one holds the other or they have no address in common. So without those that
   * others hold, the last one that begins at or before an address is the only one that can hold it.
   */
  private static final Comparator<Network> BY_BEGINNING =
      (one, other) -> compare(one.high(), one.low(), other);

  private final Network[] ofFour;
  private final Network[] ofSix;

  public Networks(List<Network> networks) {
    this.ofFour = outermost(networks.stream().filter(network -> !network.six()).toList());
    this.ofSix = outermost(networks.stream().filter(Network::six).toList());
  }

  private static Network[] outermost(List<Network> networks) {
    List<Network> sorted = new ArrayList<>(networks);
    sorted.sort(BY_BEGINNING.thenComparingInt(Network::length));
    List<Network> outermost = new ArrayList<>();
    for (Network network : sorted) {
      Network last = outermost.isEmpty() ? null : outermost.get(outermost.size() - 1);
      if (last == null || !last.contains(network.six(), network.high(), network.low())) {
        outermost.add(network);
      }
    }
    return outermost.toArray(Network[]::new);
  }

  /** How many there are, without those that others hold. */
  public int size() {
    return ofFour.length + ofSix.length;
  }

  /** Whether an address, in two halves like those of {@link Network}, is in one of them. */
  public boolean contain(boolean six, long high, long low) {
    Network[] networks = six ? ofSix : ofFour;
    int from = 0;
    int to = networks.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (compare(high, low, networks[middle]) < 0) {
        to = middle;
      } else {
        from = middle + 1;
      }
    }
    return from > 0 && networks[from - 1].contains(six, high, low);
  }

  private static int compare(long high, long low, Network network) {
    int upper = Long.compareUnsigned(high, network.high());
    return upper != 0 ? upper : Long.compareUnsigned(low, network.low());
  }
}
