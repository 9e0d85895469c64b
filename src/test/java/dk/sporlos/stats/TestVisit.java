package dk.sporlos.stats;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A visit as a test tells it: who, when, and what they did.
 *
 * @param began when its first step was taken
 * @param marks what is known of it, by the dimension that shows it; nothing of what is left out
 */
record TestVisit(long visitor, Instant began, List<Step> steps, Map<Dimension, String> marks) {

  private static final String HOST = "example.com";
  private static final AtomicLong STRANGERS = new AtomicLong(1_000_000);

  /**
   * @param event name of the custom event; null for a page view
   * @param after seconds since the visit began
   * @param said what the website says of it
   */
  record Step(
      String host,
      String path,
      @Nullable String event,
      boolean interactive,
      int after,
      Reading reading,
      Said said) {

    Step(String host, String path, @Nullable String event, boolean interactive, int after) {
      this(host, path, event, interactive, after, Reading.USUAL, Said.NOTHING);
    }

    boolean isView() {
      return event == null;
    }

    Step at(int seconds) {
      return new Step(host, path, event, interactive, seconds, reading, said);
    }
  }

  /**
   * How a page was read.
   *
   * @param scroll percent; null if not reported
   */
  record Reading(int seconds, @Nullable Integer scroll) {
    static final Reading USUAL = new Reading(17, null);
  }

  /**
   * @param revenue an amount, and its currency after a blank; null for none
   */
  record Said(Map<String, String> properties, @Nullable String revenue) {
    static final Said NOTHING = new Said(Map.of(), null);

    @Nullable BigDecimal amount() {
      return revenue == null ? null : new BigDecimal(revenue.substring(0, revenue.indexOf(' ')));
    }

    @Nullable String currency() {
      return revenue == null ? null : revenue.substring(revenue.indexOf(' ') + 1);
    }
  }

  TestVisit {
    steps = List.copyOf(steps);
    marks = Map.copyOf(marks);
  }

  TestVisit(long visitor, Instant began, List<Step> steps) {
    this(visitor, began, steps, Map.of());
  }

  /** A visit by a visitor of its own. */
  static TestVisit aVisit(String began) {
    Instant instant = OffsetDateTime.parse(began).toInstant();
    return new TestVisit(STRANGERS.incrementAndGet(), instant, List.of());
  }

  TestVisit by(long visitor) {
    return new TestVisit(visitor, began, steps, marks);
  }

  /** Something that is known of the visit as a whole. */
  TestVisit with(Dimension dimension, String value) {
    Map<Dimension, String> more = new HashMap<>(marks);
    more.put(dimension, value);
    return new TestVisit(visitor, began, steps, more);
  }

  /** Views pages, ten seconds apart. */
  TestVisit views(String... paths) {
    TestVisit visit = this;
    for (String path : paths) {
      visit = visit.then(new Step(HOST, path, null, true, 10 * visit.steps.size()));
    }
    return visit;
  }

  TestVisit viewsOn(String host, String path) {
    return then(new Step(host, path, null, true, 10 * steps.size()));
  }

  TestVisit reads(String path, int seconds, @Nullable Integer scroll) {
    return then(
        new Step(
            HOST, path, null, true, 10 * steps.size(), new Reading(seconds, scroll), Said.NOTHING));
  }

  TestVisit does(String event, String path) {
    return then(new Step(HOST, path, event, true, 10 * steps.size()));
  }

  /**
   * @param revenue as in {@code 12.50 EUR}; null for none
   */
  TestVisit does(
      String event, String path, Map<String, String> properties, @Nullable String revenue) {
    return then(
        new Step(
            HOST,
            path,
            event,
            true,
            10 * steps.size(),
            Reading.USUAL,
            new Said(properties, revenue)));
  }

  TestVisit notices(String event, String path) {
    return then(new Step(HOST, path, event, false, 10 * steps.size()));
  }

  private TestVisit then(Step step) {
    List<Step> longer = new ArrayList<>(steps);
    longer.add(step);
    return new TestVisit(visitor, began, longer, marks);
  }
}
