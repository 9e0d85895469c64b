package dk.sporlos.door;

import dk.sporlos.bench.Zipf;
import java.util.Arrays;
import java.util.Random;

/**
 * The networks from which a country, or a part of it, comes to a site. Blocks are numbered from 0
 * and no two kinds of network share one.
 *
 * @param homes households
 * @param homesPerBlock households that have an address in a /24
 * @param homesBehindOne households behind one address where a provider shares addresses
 * @param mobileBlocks blocks of /24 from which mobile carriers take the addresses of subscribers
 * @param mobilePrefixes blocks of /48 in which phones have their /64
 * @param workplaces companies, schools and universities
 * @param levelled the n-th workplace is as large as 1/(n + levelled); with 20 the largest of a
 *     country has 0.6 % of those at work, with 0 it would have 9 %
 */
record SimulatedNetworks(
    int homes,
    int homesPerBlock,
    int homesBehindOne,
    int mobileBlocks,
    int mobilePrefixes,
    int workplaces,
    int levelled) {

  private static final int USED_OF_BLOCK = 250;
  private static final int WORKPLACES_PER_BLOCK = 60;

  /** Of 100 homes: some use IPv6, and of the others some share an address with others. */
  private static final int HOMES_WITH_SIX = 25;

  private static final int HOMES_SHARING = 20;

  /** Of 100 connections of phones. */
  private static final int PHONES_WITH_SIX = 40;

  private static final long SIX = 0x2001_0db8L << 32;
  private static final int HOME = 10 << 24;
  private static final int SHARING = 11 << 24;
  private static final int MOBILE = 12 << 24;
  private static final int WORK = 13 << 24;

  /**
   * A country of 5.9 million: 2.8 million households and 6 million phones. A carrier has 64 phones
   * behind an address, and of a /48 for phones a tenth is in use.
   */
  static SimulatedNetworks country() {
    return new SimulatedNetworks(2_800_000, 200, 32, 375, 366, 50_000, 20);
  }

  /** A town of 120,000 with its villages; its carriers' addresses serve a fifth of the country. */
  static SimulatedNetworks town() {
    return new SimulatedNetworks(56_000, 200, 32, 75, 73, 1_000, 20);
  }

  SimulatedNetworks withMobile(double factor) {
    return new SimulatedNetworks(
        homes,
        homesPerBlock,
        homesBehindOne,
        Math.max(1, (int) (mobileBlocks * factor)),
        Math.max(1, (int) (mobilePrefixes * factor)),
        workplaces,
        levelled);
  }

  SimulatedNetworks withLevelled(int other) {
    return new SimulatedNetworks(
        homes, homesPerBlock, homesBehindOne, mobileBlocks, mobilePrefixes, workplaces, other);
  }

  /** How many there are at each workplace. */
  Zipf sizesOfWorkplaces() {
    double[] sizes = new double[workplaces];
    Arrays.setAll(sizes, rank -> 1.0 / (rank + 1 + levelled));
    return Zipf.ofWeights(sizes);
  }

  /**
   * The address of a browser at home.
   *
   * @param device its number in the protocol of IPv6, drawn anew from time to time (RFC 8981)
   */
  Address home(int home, long device) {
    int block = home / homesPerBlock;
    int kind = (int) (Integer.toUnsignedLong(home * 0x9e37_79b9) % 100);
    if (kind < HOMES_WITH_SIX) {
      return new Address(true, SIX | (long) (home / 256) << 16 | (long) (home % 256) << 8, device);
    }
    if (kind < HOMES_WITH_SIX + HOMES_SHARING) {
      return four(SHARING, home * HOMES_SHARING / 100 / homesBehindOne);
    }
    return new Address(false, 0, HOME | (long) block << 8 | home % homesPerBlock);
  }

  /** The address that a phone is given for a connection. */
  Address mobile(Random random) {
    if (random.nextInt(100) < PHONES_WITH_SIX) {
      long high = SIX | 1L << 31 | (long) random.nextInt(mobilePrefixes) << 16;
      return new Address(true, high | random.nextInt(1 << 16), random.nextLong());
    }
    return four(MOBILE, random.nextInt(mobileBlocks * USED_OF_BLOCK));
  }

  /** The one address of a company or a university. */
  Address workplace(int workplace) {
    long block = workplace / WORKPLACES_PER_BLOCK;
    return new Address(false, 0, WORK | block << 8 | workplace % WORKPLACES_PER_BLOCK);
  }

  private static Address four(int kind, int number) {
    return new Address(
        false, 0, kind | (long) (number / USED_OF_BLOCK) << 8 | number % USED_OF_BLOCK);
  }
}
