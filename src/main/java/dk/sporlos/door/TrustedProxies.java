package dk.sporlos.door;

import dk.sporlos.settings.Network;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

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
   * Reads networks as {@link Network#parseAll} does.
   *
   * @throws IllegalArgumentException whose message names every bad one and what to write instead
   */
  public static TrustedProxies parse(String text) {
    return new TrustedProxies(Network.parseAll(text));
  }

  /** Whether nobody is trusted. */
  public boolean isEmpty() {
    return networks.isEmpty();
  }

  /** Whether a network is larger than any that belongs to one operator. */
  public boolean trustsNearlyAnybody() {
    return networks.stream().anyMatch(network -> network.length() < (network.six() ? 16 : 8));
  }

  /** Whether a browser asked by TLS, which one of them may have taken off. */
  public boolean isSecure(HttpServerRequest request) {
    return ForwardedProto.isSecure(request, this);
  }

  boolean trusts(Address address) {
    return address.isInAny(networks);
  }

  @Override
  public String toString() {
    return "TrustedProxies[" + networks.size() + " networks]";
  }
}
