package dk.sporlos.door;

import java.util.Arrays;
import java.util.Locale;

/**
 * A figure of how a page loads, reacts and holds still, as the <a
 * href="https://web.dev/articles/vitals">Web Vitals</a> define it, and which values of it are good
 * or poor. Values are counted in buckets; nobody keeps one.
 */
public enum Vital {
  /** Largest Contentful Paint, in milliseconds: https://web.dev/articles/lcp. */
  LCP(1, 2_500, 4_000, 0),
  /** Interaction to Next Paint, in milliseconds: https://web.dev/articles/inp. */
  INP(1, 200, 500, 1),
  /** Cumulative Layout Shift, without a unit: https://web.dev/articles/cls. */
  CLS(10_000, 0.1, 0.25, 2),
  /** Time to First Byte, in milliseconds: https://web.dev/articles/ttfb. */
  TTFB(1, 800, 1_800, 3);

  /*
   * Preferred numbers of the series R20 (ISO 3), a dozen percent from one to the next. All bounds of
   * good and poor are among them, so each value is in a bucket of its own class. They begin at 10 ms
   * and end at 56 s, and at 0.001 and 5.6 for layout shifts: what is beyond is one bucket more.
   */
  private static final int[] SERIES = {
    100, 112, 125, 140, 160, 180, 200, 224, 250, 280, 315, 355, 400, 450, 500, 560, 630, 710, 800,
    900
  };

  private static final int LAST = 75;

  private static final double[] BOUNDS = bounds();

  private final int scale;
  private final double good;
  private final double poor;
  private final int number;

  /**
   * @param scale by which a value is multiplied to be among the bounds
   * @param number by which it is kept
   */
  Vital(int scale, double good, double poor, int number) {
    this.scale = scale;
    this.good = good;
    this.poor = poor;
    this.number = number;
  }

  private static double[] bounds() {
    double[] bounds = new double[LAST + 1];
    int decade = 1;
    for (int i = 0; i < bounds.length; i++) {
      decade = i > 0 && i % SERIES.length == 0 ? decade * 10 : decade;
      bounds[i] = SERIES[i % SERIES.length] * decade / 10.0;
    }
    return bounds;
  }

  /** The name that trackers and queries use. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The number that stands for it where it is kept. */
  public short number() {
    return (short) number;
  }

  /**
   * The number of the bucket that a value is counted in, from 0.
   *
   * @param value 0 or more
   */
  public int bucket(double value) {
    int found = Arrays.binarySearch(BOUNDS, value * scale);
    return found < 0 ? -found - 1 : found;
  }

  /** The last bucket of good values; a value on the bound is good. */
  public int lastGood() {
    return bucket(good);
  }

  /** The last bucket of values that are not poor. */
  public int lastFair() {
    return bucket(poor);
  }

  /** The last bucket, which has no upper bound. */
  public static int last() {
    return BOUNDS.length;
  }

  /** The greatest value of each bucket but the last, in the order of their numbers. */
  public double[] upperBounds() {
    return Arrays.stream(BOUNDS).map(bound -> bound / scale).toArray();
  }
}
