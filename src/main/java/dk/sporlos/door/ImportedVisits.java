package dk.sporlos.door;

import dk.sporlos.site.Site;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The visits that the lines of an import make, by the rule of live ones: no gap of thirty minutes,
 * four hours or five hundred steps at most, of the day on which it began. Each has a random number,
 * and so has its visitor on each day; nothing else tells whose it was.
 */
public final class ImportedVisits {

  /*
   * Told by day, and within a day at random: neither place nor number of a row says which visits of
   * several days were of one visitor.
   *
   * The rule is that of the door itself: each visitor's lines are entered into open visits as if they
   * arrived now, first to see where visits end, and again when the hits are asked for.
   */
  private final ImportedLines lines;
  private final LineColumns columns;
  private final LineOrder order;
  private final Site site;
  private final RandomNumbers numbers;
  private final VisitRanges visits = new VisitRanges();
  private final SortedSet<LocalDate> days = new TreeSet<>();
  private final int[] told;
  private long views;
  private long events;
  private long unplaced;

  ImportedVisits(ImportedLines lines, LineOrder order, SecureRandom random) {
    this.lines = lines;
    this.columns = lines.columns();
    this.order = order;
    this.site = lines.site();
    this.numbers = new RandomNumbers(random);
    for (int visitor = 0; visitor < order.visitors(); visitor++) {
      new Splitting().split(order.begin(visitor), order.begin(visitor + 1));
    }
    this.told = visits.shuffled(random);
  }

  public Site site() {
    return site;
  }

  /** How many visits there are. */
  public int count() {
    return told.length;
  }

  /** The days on which visits began, in the site's time zone. */
  public SortedSet<LocalDate> days() {
    return days;
  }

  /** How many of the visits, the first in the order in which they are told, began before a day. */
  public int countBefore(LocalDate day) {
    int count = 0;
    while (count < told.length && visits.day(told[count]) < day.toEpochDay()) {
      count++;
    }
    return count;
  }

  /** How many page views there are. */
  public long views() {
    return views;
  }

  /** How many custom events there are. */
  public long events() {
    return events;
  }

  /** How many engagements do not count, as no page view of a visit under way goes before them. */
  public long unplaced() {
    return unplaced;
  }

  /** The hits of visits, from one up to another in the order in which they are told. */
  public List<Hit> hits(int from, int to) {
    List<Hit> hits = new ArrayList<>();
    for (int i = from; i < to; i++) {
      addHits(told[i], hits);
    }
    return hits;
  }

  private void addHits(int visit, List<Hit> hits) {
    long began = columns.at(order.line(visits.from(visit)));
    OpenVisit open =
        new OpenVisit(
            site.id(), visits.number(visit), visits.visitor(visit), Instant.ofEpochSecond(began));
    for (int place = visits.from(visit); place < visits.to(visit); place++) {
      LineColumns.Line line = columns.get(order.line(place));
      Action action = lines.action(line);
      Page page = lines.page(line);
      open.take(page, action);
      if (open.hasStep()) {
        Recognised recognised =
            open.latest(Instant.ofEpochSecond(line.at()), /* byCookie= */ false, /* given= */ null);
        hits.add(hit(line, recognised, page, action));
        if (action instanceof Action.PageView && line.isEngaged()) {
          hits.add(engagement(line, recognised, page));
        }
      }
    }
  }

  private Hit hit(LineColumns.Line line, Recognised recognised, Page page, Action action) {
    ImportedLines.Said said = lines.said(line);
    return new Hit(
        site.id(),
        recognised.visit(),
        recognised.visitor(),
        recognised.at(),
        recognised.step(),
        page,
        action,
        recognised.opens() ? lines.attributes(line) : null,
        said.properties(),
        said.revenue(),
        /* byCookie= */ false);
  }

  /** What the line of a page view says of how the page was looked at. */
  private Hit engagement(LineColumns.Line line, Recognised recognised, Page page) {
    return new Hit(
        site.id(),
        recognised.visit(),
        recognised.visitor(),
        recognised.at(),
        recognised.step(),
        page,
        ImportedLines.engagement(line),
        /* attributes= */ null,
        ImportedLines.Said.NOTHING.properties(),
        /* revenue= */ null,
        /* byCookie= */ false);
  }

  /** Finds the visits of one visitor, whose lines come in order. */
  private final class Splitting {
    private @Nullable OpenVisit open;
    private long latest;
    private @Nullable LocalDate day;
    private long visitor;

    void split(int from, int to) {
      for (int place = from; place < to; place++) {
        enter(place, columns.get(order.line(place)));
      }
    }

    private void enter(int place, LineColumns.Line line) {
      Action action = lines.action(line);
      Instant at = Instant.ofEpochSecond(line.at());
      OpenVisit visit = goesOn(action, at) ? open : null;
      if (visit == null) {
        open = null;
        if (action instanceof Action.Engagement) {
          unplaced++;
          return;
        }
        visit = begin(place, at);
      }
      visit.take(lines.page(line), action);
      visits.extend(place + 1);
      latest = line.at();
      count(action, visit.hasStep());
    }

    private boolean goesOn(Action action, Instant at) {
      return open != null
          && at.getEpochSecond() - latest < OpenVisit.IDLE.toSeconds()
          && !open.isOver(action, at);
    }

    private OpenVisit begin(int place, Instant at) {
      LocalDate began = LocalDate.ofInstant(at, site.zone());
      if (!began.equals(day)) {
        day = began;
        visitor = numbers.next();
        days.add(began);
      }
      OpenVisit visit = new OpenVisit(site.id(), numbers.next(), visitor, at);
      visits.begin(place, visit.number(), visitor, (int) began.toEpochDay());
      open = visit;
      return visit;
    }

    private void count(Action action, boolean placed) {
      if (action instanceof Action.PageView) {
        views++;
      } else if (action instanceof Action.Event) {
        events++;
      } else if (!placed) {
        unplaced++;
      }
    }
  }
}
