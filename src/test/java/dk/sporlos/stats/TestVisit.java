package dk.sporlos.stats;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A visit as a test tells it: who, when, and what they did.
 *
 * @param began when its first step was taken
 */
record TestVisit(long visitor, Instant began, List<Step> steps) {

  private static final String HOST = "example.com";
  private static final AtomicLong STRANGERS = new AtomicLong(1_000_000);

  /**
   * @param event name of the custom event; null for a page view
   * @param after seconds since the visit began
   */
  record Step(String host, String path, @Nullable String event, boolean interactive, int after) {
    boolean isView() {
      return event == null;
    }
  }

  TestVisit {
    steps = List.copyOf(steps);
  }

  /** A visit by a visitor of its own. */
  static TestVisit aVisit(String began) {
    Instant instant = OffsetDateTime.parse(began).toInstant();
    return new TestVisit(STRANGERS.incrementAndGet(), instant, List.of());
  }

  TestVisit by(long visitor) {
    return new TestVisit(visitor, began, steps);
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

  TestVisit does(String event, String path) {
    return then(new Step(HOST, path, event, true, 10 * steps.size()));
  }

  TestVisit notices(String event, String path) {
    return then(new Step(HOST, path, event, false, 10 * steps.size()));
  }

  private TestVisit then(Step step) {
    List<Step> longer = new ArrayList<>(steps);
    longer.add(step);
    return new TestVisit(visitor, began, longer);
  }
}
