package dk.sporlos.bench;

/** How long requests took, in buckets that are 1 % wide. Confined to one thread. */
final class Latencies {
  private static final double WIDTH = Math.log(1.01);
  private static final int BUCKETS = 2_000;

  private final long[] counts = new long[BUCKETS];
  private long total;

  void record(long nanos) {
    int bucket = nanos <= 1_000 ? 0 : (int) (Math.log(nanos / 1_000.0) / WIDTH);
    counts[Math.min(bucket, BUCKETS - 1)]++;
    total++;
  }

  /** Milliseconds within which a part of the requests was answered. */
  double millis(double part) {
    long rank = (long) Math.ceil(part * total);
    long seen = 0;
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      seen += counts[bucket];
      if (seen >= rank) {
        return Math.exp((bucket + 1) * WIDTH) / 1_000;
      }
    }
    return Double.POSITIVE_INFINITY;
  }
}
