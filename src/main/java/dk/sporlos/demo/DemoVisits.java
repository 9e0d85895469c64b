package dk.sporlos.demo;

import dk.sporlos.door.Action;
import dk.sporlos.door.Attributes;
import dk.sporlos.door.Hit;
import dk.sporlos.door.Page;
import dk.sporlos.door.Revenue;
import dk.sporlos.site.Site;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Made-up visits to a small shop: more by day than by night, fewer at the weekend, a little more
 * each week, some pages far more than others.
 */
final class DemoVisits {
  static final Duration LONGEST = Duration.ofMinutes(10);

  private static final int VISITS_PER_DAY = 320;
  private static final double GROWTH_PER_DAY = 0.004;
  private static final double RETURNING_SAME_DAY = 0.12;
  private static final double LEAVES_AFTER_A_PAGE = 0.42;
  private static final double SIGNS_UP = 0.03;
  private static final double ORDERS_WHAT_IS_SEEN = 0.07;
  private static final double SENT_HOME = 0.72;
  private static final LocalDate FLAT_UNTIL = LocalDate.of(2026, 6, 1);

  /** Share of a day's visits in each local hour, in parts of about a hundred. */
  private static final double[] HOURS = {
    1.2, 0.7, 0.5, 0.4, 0.4, 0.8, 1.9, 3.6, 5.4, 6.3, 6.6, 6.4, 6.0, 5.8, 5.6, 5.4, 5.2, 5.0, 5.6,
    6.6, 7.3, 6.6, 4.4, 2.3
  };

  private record Weighted(String path, int asEntry, int asNext) {}

  private static final List<Weighted> PAGES =
      List.of(
          new Weighted("/", 40, 14),
          new Weighted("/products", 8, 22),
          new Weighted("/products/wool-blanket", 9, 13),
          new Weighted("/products/oak-stool", 7, 10),
          new Weighted("/products/linen-apron", 4, 7),
          new Weighted("/products/stoneware-cup", 5, 9),
          new Weighted("/journal", 2, 6),
          new Weighted("/journal/how-we-weave", 13, 4),
          new Weighted("/journal/a-visit-to-the-potter", 8, 3),
          new Weighted("/about", 2, 5),
          new Weighted("/delivery", 1, 4),
          new Weighted("/contact", 1, 3));

  /** What is sold, each at its price in whole crowns. */
  private static final Map<String, Integer> PRICES =
      Map.of(
          "/products/wool-blanket", 895,
          "/products/oak-stool", 1_450,
          "/products/linen-apron", 340,
          "/products/stoneware-cup", 165);

  private final Site site;

  DemoVisits(Site site) {
    this.site = site;
  }

  /** The visits that begin in a period, the same ones each time it is asked for. */
  List<List<Hit>> between(Instant from, Instant to) {
    List<List<Hit>> visits = new ArrayList<>();
    for (Instant minute = from.truncatedTo(ChronoUnit.MINUTES);
        minute.isBefore(to);
        minute = minute.plus(1, ChronoUnit.MINUTES)) {
      if (!minute.isBefore(from)) {
        addVisits(minute, visits);
      }
    }
    return visits;
  }

  private void addVisits(Instant minute, List<List<Hit>> visits) {
    RandomGenerator random = new SplittableRandom(minute.getEpochSecond() * 31 + site.id().value());
    double expected = visitsPerMinute(minute.atZone(site.zone()));
    while (expected > 0) {
      if (random.nextDouble() < expected) {
        visits.add(visit(minute.plusSeconds(random.nextInt(60)), random));
      }
      expected -= 1;
    }
  }

  private static double visitsPerMinute(ZonedDateTime time) {
    boolean weekend =
        time.getDayOfWeek() == DayOfWeek.SATURDAY || time.getDayOfWeek() == DayOfWeek.SUNDAY;
    double growth = 1 + GROWTH_PER_DAY * ChronoUnit.DAYS.between(FLAT_UNTIL, time.toLocalDate());
    return VISITS_PER_DAY
        * Math.max(growth, 1)
        * (weekend ? 0.7 : 1)
        * HOURS[time.getHour()]
        / 100
        / 60;
  }

  private List<Hit> visit(Instant began, RandomGenerator random) {
    long visit = random.nextLong();
    long visitor = visitor(began, random);
    Instant end = began.plus(LONGEST);
    Instant at = began;
    List<Hit> hits = new ArrayList<>();
    String path = pick(random, true);
    Attributes attributes = DemoAttributes.pick(random);
    for (int step = 0; at.isBefore(end); step++) {
      Page page = new Page(site.domain(), path);
      Duration engaged = Duration.ofSeconds(4 + (long) (-40 * Math.log(1 - random.nextDouble())));
      hits.add(
          hit(
              visit,
              visitor,
              at,
              step,
              page,
              new Action.PageView(),
              step == 0 ? attributes : null));
      at = at.plus(engaged);
      if (at.isAfter(end)) {
        break;
      }
      int scroll = 20 + random.nextInt(81);
      hits.add(hit(visit, visitor, at, step, page, new Action.Engagement(engaged, scroll), null));
      if (random.nextDouble() < SIGNS_UP) {
        step++;
        hits.add(hit(visit, visitor, at, step, page, new Action.Event("Newsletter", true), null));
      }
      Integer price = PRICES.get(path);
      if (price != null && random.nextDouble() < ORDERS_WHAT_IS_SEEN) {
        step++;
        String delivery = random.nextDouble() < SENT_HOME ? "home" : "shop";
        hits.add(order(visit, visitor, at, step, page, price, delivery));
      }
      if (random.nextDouble() < LEAVES_AFTER_A_PAGE) {
        break;
      }
      path = pick(random, false);
    }
    return hits;
  }

  private Hit hit(
      long visit,
      long visitor,
      Instant at,
      int step,
      Page page,
      Action action,
      @Nullable Attributes attributes) {
    return new Hit(
        site.id(), visit, visitor, at, step, page, action, attributes, Map.of(), null, false);
  }

  private Hit order(
      long visit, long visitor, Instant at, int step, Page page, int price, String delivery) {
    return new Hit(
        site.id(),
        visit,
        visitor,
        at,
        step,
        page,
        new Action.Event("Order", true),
        null,
        Map.of("delivery", delivery),
        new Revenue(BigDecimal.valueOf(price), "DKK"),
        false);
  }

  /** A new visitor, or one of the few of this day who come again. */
  private long visitor(Instant began, RandomGenerator random) {
    long fresh = random.nextLong();
    if (random.nextDouble() >= RETURNING_SAME_DAY) {
      return fresh;
    }
    long day = began.atZone(site.zone()).toLocalDate().toEpochDay();
    return new SplittableRandom(day * 31 + random.nextInt(VISITS_PER_DAY / 20)).nextLong();
  }

  private static String pick(RandomGenerator random, boolean entry) {
    int total = PAGES.stream().mapToInt(page -> entry ? page.asEntry() : page.asNext()).sum();
    int left = random.nextInt(total);
    for (Weighted page : PAGES) {
      left -= entry ? page.asEntry() : page.asNext();
      if (left < 0) {
        return page.path();
      }
    }
    throw new IllegalStateException("weights are spent");
  }
}
