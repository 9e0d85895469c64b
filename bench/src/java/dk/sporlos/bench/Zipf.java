package dk.sporlos.bench;

import java.util.Arrays;
import java.util.Random;

/** Draws numbers from 0 on, of which the n-th is as frequent as its weight says. */
public final class Zipf {
  private final double[] cumulative;

  private Zipf(double[] weights) {
    this.cumulative = weights.clone();
    Arrays.parallelPrefix(cumulative, Double::sum);
  }

  /** The n-th of so many has the weight 1/n, as pages and networks have it roughly. */
  static Zipf of(int size) {
    double[] weights = new double[size];
    Arrays.setAll(weights, rank -> 1.0 / (rank + 1));
    return new Zipf(weights);
  }

  public static Zipf ofWeights(double[] weights) {
    return new Zipf(weights);
  }

  public int draw(Random random) {
    int found =
        Arrays.binarySearch(cumulative, random.nextDouble() * cumulative[cumulative.length - 1]);
    return Math.min(found < 0 ? -found - 1 : found, cumulative.length - 1);
  }
}
