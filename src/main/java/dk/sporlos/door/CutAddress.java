package dk.sporlos.door;

/**
 * What is left of an address: the network it is in, /24 of IPv4 or /48 of IPv6.
 *
 * @param prefix the 24 or 48 bits
 */
record CutAddress(boolean six, long prefix) {
  @Override
  public String toString() {
    return "CutAddress";
  }
}
