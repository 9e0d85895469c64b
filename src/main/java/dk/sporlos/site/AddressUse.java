package dk.sporlos.site;

/** How much of an address the day key is applied to, in memory only. */
public enum AddressUse {
  /** The first 24 bits of IPv4, 48 of IPv6. */
  CUT,

  /** All of it, which tells apart those who share a network; it is cut for everything else. */
  FULL
}
