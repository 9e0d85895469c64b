package dk.sporlos.door;

/**
 * What a sender looks like under one day key: 128 bits of an HMAC-SHA-256. Exists in memory only.
 */
record Fingerprint(long high, long low) {
  @Override
  public int hashCode() {
    return (int) low;
  }

  @Override
  public String toString() {
    return "Fingerprint";
  }
}
