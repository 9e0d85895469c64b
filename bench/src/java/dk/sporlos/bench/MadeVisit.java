package dk.sporlos.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A visit as the generator draws it.
 *
 * @param hour of the site's clock, from 0
 * @param second within the hour at which it began
 * @param client its place in the dictionary, as all the following
 * @param referrer -1 for none
 * @param campaign -1 for none
 */
record MadeVisit(
    long visitor,
    int hour,
    int second,
    List<Step> steps,
    int client,
    int place,
    int referrer,
    int campaign,
    boolean byCookie) {

  /*
   * Two and a half views in the mean; nine of ten views are of the two thousand pages of the head;
   * four of a hundred views are followed by an event, and one of a hundred by a purchase. Half of
   * the visits have a referrer, five of a hundred a campaign.
   */
  private static final double ANOTHER_VIEW = 0.6;
  private static final double IN_TAIL = 0.1;
  private static final double SIGNS_UP = 0.04;
  private static final double BUYS = 0.01;
  private static final double REFERRED = 0.5;
  private static final double BY_CAMPAIGN = 0.05;
  private static final double BY_COOKIE = 0.3;
  private static final int MOST_VIEWS = 60;

  private static final Zipf HOURS =
      Zipf.ofWeights(
          new double[] {1, 1, 1, 1, 1, 2, 4, 6, 8, 9, 9, 9, 9, 9, 9, 9, 8, 8, 9, 10, 10, 8, 5, 3});

  /**
   * A page view, or an event.
   *
   * @param event place of its name; -1 for a page view
   * @param after seconds since the visit began
   */
  record Step(int page, boolean ofTail, int event, int after, int engaged, int scroll) {
    int pageId() {
      return ofTail ? BenchSite.ofTail(page) : BenchSite.id(page);
    }

    String path() {
      return BenchSite.path(ofTail ? BenchSite.placeInTail(page) : page);
    }
  }

  static MadeVisit draw(Random random, BenchSite site, long visitor) {
    List<Step> steps = new ArrayList<>();
    int after = 0;
    int views = 0;
    do {
      boolean ofTail = random.nextDouble() < IN_TAIL;
      int page = (ofTail ? site.tail : site.head).draw(random);
      int engaged = 3 + (int) (-45 * Math.log(1 - random.nextDouble()));
      steps.add(new Step(page, ofTail, -1, after, engaged, 20 + random.nextInt(81)));
      views++;
      double acts = random.nextDouble();
      if (acts < SIGNS_UP + BUYS) {
        int event = acts < BUYS ? 1 : 0;
        steps.add(new Step(page, ofTail, event, after + engaged / 2, 0, 0));
      }
      after += engaged;
    } while (views < MOST_VIEWS && random.nextDouble() < ANOTHER_VIEW);
    return new MadeVisit(
        visitor,
        HOURS.draw(random),
        random.nextInt(3_600),
        steps,
        site.clients.draw(random),
        site.places.draw(random),
        random.nextDouble() < REFERRED ? site.referrers.draw(random) : -1,
        random.nextDouble() < BY_CAMPAIGN ? site.campaigns.draw(random) : -1,
        random.nextDouble() < BY_COOKIE);
  }

  int views() {
    return (int) steps.stream().filter(step -> step.event < 0).count();
  }

  int seconds() {
    return Math.min(steps.get(steps.size() - 1).after, Short.MAX_VALUE);
  }
}
